import { readFileSync } from 'node:fs';
import { Ledger, type LedgerInfo } from '@hexkey/contract';
import { fromBase64url, fromHex, Secret, type SignedNodeSet } from '@hexkey/protocol';
import { Check } from 'typebox/value';
import { knownPushHosts } from './push/push-endpoint.ts';

/** What `serve` needs, read from the environment once. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly publicUrl: URL | null;
  readonly signedNodeSet: SignedNodeSet;
  readonly earlierNodeSets: readonly SignedNodeSet[];
  readonly operatorKey: Uint8Array;
  readonly minimumClientVersion: string;
  readonly proofOfWorkBits: number;
  readonly trustProxy: boolean;
  readonly ledger: LedgerInfo | null;
  /** Hosts of push services that this server asks. */
  readonly pushHosts: readonly string[];
}

/** Kept apart from the settings, so that those may be printed. */
export interface ConfigSecrets {
  /** Holds a password. */
  readonly databaseUrl: Secret<string> | null;
  readonly outbox: { readonly url: string; readonly token: Secret<string> } | null;
}

/** A setting that does not fit. Its message is for the operator and names the variable, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Env = Readonly<Record<string, string | undefined>>;

/** @throws {ConfigError} */
export function readConfig(env: Env): { readonly config: Config; readonly secrets: ConfigSecrets } {
  const outboxUrl = env.HEXKEY_OUTBOX_URL;
  const outboxToken = env.HEXKEY_OUTBOX_TOKEN;
  const publicUrl = env.HEXKEY_PUBLIC_URL;
  return {
    config: {
      host: env.HEXKEY_API_HOST ?? '127.0.0.1',
      port: integer(env, 'HEXKEY_API_PORT', 0, 65_535, null),
      dataDir: required(env, 'HEXKEY_API_DATA_DIR'),
      publicUrl: publicUrl === undefined || publicUrl === '' ? null : url(publicUrl, 'HEXKEY_PUBLIC_URL'),
      ...readNodeSetFile(required(env, 'HEXKEY_NODE_SET_FILE')),
      operatorKey: publicKey(required(env, 'HEXKEY_OPERATOR_KEY'), 'HEXKEY_OPERATOR_KEY'),
      minimumClientVersion: versionOf(env.HEXKEY_MIN_CLIENT ?? '0.1.0', 'HEXKEY_MIN_CLIENT'),
      proofOfWorkBits: integer(env, 'HEXKEY_POW_BITS', 0, 32, 16),
      trustProxy: env.HEXKEY_TRUST_PROXY === '1',
      ledger: env.HEXKEY_LEDGER ? ledger(env.HEXKEY_LEDGER) : null,
      pushHosts: env.HEXKEY_PUSH_HOSTS ? hostsOf(env.HEXKEY_PUSH_HOSTS, 'HEXKEY_PUSH_HOSTS') : knownPushHosts,
    },
    secrets: {
      databaseUrl: env.DATABASE_URL ? new Secret(env.DATABASE_URL) : null,
      outbox: outboxUrl && outboxToken ? { url: outboxUrl, token: new Secret(outboxToken) } : null,
    },
  };
}

/**
 * The outbox shows codes to whoever runs this machine, so it serves a site on this machine only; elsewhere a real
 * provider is needed.
 */
export function mayUseOutbox(publicUrl: URL | null): boolean {
  if (publicUrl === null) return true;
  return ['localhost', '127.0.0.1', '[::1]'].includes(publicUrl.hostname);
}

function required(env: Env, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new ConfigError(`${name} is not set`);
  return value;
}

function integer(env: Env, name: string, min: number, max: number, fallback: number | null): number {
  const text = env[name];
  if ((text === undefined || text === '') && fallback !== null) return fallback;
  const value = Number(required(env, name));
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ConfigError(`${name} must be an integer from ${min} to ${max}`);
  return value;
}

function versionOf(text: string, name: string): string {
  if (!/^[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}$/.test(text))
    throw new ConfigError(`${name} must be MAJOR.MINOR.PATCH`);
  return text;
}

/** Names with spaces between; one that begins with a dot takes every host below it. */
function hostsOf(text: string, name: string): readonly string[] {
  const hosts = text.trim().split(/\s+/);
  if (!hosts.every((host) => /^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(host) && !/^[0-9.]+$/.test(host)))
    throw new ConfigError(`${name} must be names of hosts, with spaces between`);
  return hosts;
}

function url(text: string, name: string): URL {
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol))
    throw new ConfigError(`${name} must be an http or https address`);
  return parsed;
}

function ledger(text: string): LedgerInfo {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (!Check(Ledger, value)) throw new ConfigError('HEXKEY_LEDGER does not describe a ledger');
  return value;
}

function publicKey(text: string, name: string): Uint8Array {
  if (/^[0-9a-f]{64}$/.test(text)) return fromHex(text);
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return fromBase64url(text);
  throw new ConfigError(`${name} must be 32 bytes in hexadecimal or base64url`);
}

/** One document, or a list of them, oldest first. */
function readNodeSetFile(path: string): Pick<Config, 'signedNodeSet' | 'earlierNodeSets'> {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`HEXKEY_NODE_SET_FILE cannot be read: ${(error as Error).name}`);
  }
  const documents: readonly unknown[] = Array.isArray(document) ? document : [document];
  const signed = documents.map((one) => {
    const { payload, signature, approvals = [] } = (one ?? {}) as Partial<SignedNodeSet>;
    if (typeof payload !== 'string' || typeof signature !== 'string' || !Array.isArray(approvals))
      throw new ConfigError('HEXKEY_NODE_SET_FILE is no signed node set');
    return { payload, signature, approvals };
  });
  const signedNodeSet = signed.at(-1);
  if (signedNodeSet === undefined) throw new ConfigError('HEXKEY_NODE_SET_FILE names no node set');
  return { signedNodeSet, earlierNodeSets: signed.slice(0, -1) };
}
