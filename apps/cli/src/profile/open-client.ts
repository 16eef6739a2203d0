import { randomBytes, webcrypto } from 'node:crypto';
import { dirname } from 'node:path';
import { fromBase64url, toBase64url } from '@hexkey/protocol';
import { createHexkey, type HexkeyClient, type HexkeyDeps, type WalletPorts } from '@hexkey/sdk';
import {
  exportableEngine,
  type FileVault,
  fileVault,
  inlineParticipants,
  nodePinHash,
  readOperatorKey,
  readTeamKey,
} from '@hexkey/sdk/node';
import type { Options } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';
import { chooseServer } from './choose-server.ts';
import { keepConversations } from './keep-conversations.ts';
import { socketLink } from './open-socket.ts';
import type { ProfileFolder } from './profile-folder.ts';
import { readProfileSettings, writeProfileSettings } from './profile-settings.ts';
import { trustOperator } from './trust-operator.ts';

/** The SDK over a profile. @param reportBug told of bugs in work nobody waits for */
export async function openClient(
  profile: ProfileFolder,
  given: { terminal: Terminal; options: Options; hostName: string },
  reportBug: (error: unknown) => void,
): Promise<HexkeyClient> {
  const { options, terminal, hostName } = given;
  const settings = readProfileSettings(profile.settingsPath);
  const outside = outsideOf(chooseServer(options, settings));
  const operatorKey = await trustOperator({ terminal, options, settings }, () => readOperatorKey(outside));
  const teamKey = settings?.teamKey ?? toBase64url(await readTeamKey(outside));
  if (settings?.teamKey === undefined)
    writeProfileSettings(profile.settingsPath, {
      server: outside.origin,
      operatorKey: toBase64url(operatorKey),
      teamKey,
    });
  return createHexkey({
    ...clientDeps(profile, outside, { options, hostName }),
    operatorKey,
    socket: socketLink(fromBase64url(teamKey), wait),
    ...keepConversations(dirname(profile.vaultPath), {
      ...outside,
      engine: webcrypto.subtle as SubtleCrypto,
    }),
    reportBug,
  });
}

/** What every client of this program is made of. */
export function clientDeps(
  profile: ProfileFolder,
  outside: ReturnType<typeof outsideOf>,
  { options, hostName }: { options: Options; hostName: string },
): Omit<HexkeyDeps, 'operatorKey' | 'reportBug' | 'vault' | 'wallet'> & {
  readonly vault: FileVault;
  readonly wallet: WalletPorts;
} {
  const subtle = webcrypto.subtle as SubtleCrypto;
  return {
    ...outside,
    engine: exportableEngine(subtle),
    vault: fileVault(profile.vaultPath, subtle),
    pinHash: nodePinHash,
    device: { name: (options['device-name'] ?? hostName).slice(0, 64), platform: 'cli' },
    nodeTimeoutMs: 10_000,
    // The lock of the profile keeps other processes out for as long as this one runs.
    alone: (work) => work(),
    wallet: {
      ledgerUrl: `${outside.origin}/ledger/`,
      participants: () => inlineParticipants(outside.random),
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    },
    wait,
    yieldToOthers: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

/** The outside world, seen from a client of this server. */
export function outsideOf(origin: string) {
  return {
    origin,
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    timeout: (milliseconds: number) => AbortSignal.timeout(milliseconds),
    clock: Date,
    random: (lengthBytes: number) => Uint8Array.from(randomBytes(lengthBytes)),
    clientVersion: `cli/${version}`,
    apiTimeoutMs: 15_000,
  } satisfies Partial<HexkeyDeps>;
}

/** Ends early, and just as well, when the signal fires. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
