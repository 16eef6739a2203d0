import { readFileSync } from 'node:fs';
import type { SignedNodeSet } from '@hexkey/protocol';

/** What every process of one installation is told: the keys are of a throw-away network. */
export interface InstallationFile {
  readonly seed: string;
  readonly apiPort: number;
  readonly operatorKey: string;
  readonly signedNodeSet: SignedNodeSet;
  readonly tokenKey: {
    readonly tenant: string;
    readonly tokenKeyVersion: number;
    readonly tokenPublicKey: string;
  };
  readonly nodes: readonly {
    readonly realmId: string;
    readonly logSeed: string;
    readonly port: number;
    readonly dataDirectory: string;
  }[];
  readonly apiDirectory: string;
}

export function readInstallation(path: string): InstallationFile {
  return JSON.parse(readFileSync(path, 'utf8'));
}
