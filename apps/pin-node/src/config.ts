import { readFileSync } from 'node:fs';
import {
  fromBase64url,
  fromHex,
  type KeyPair,
  type NodeSetEntry,
  Secret,
  type VerifiedNodeSet,
  verifyNodeSet,
  vouchingNodesOf,
  walletNodesOf,
} from '@hexkey/protocol';
import { readHpkeSecret, readLogKeys, readNodeIdentity } from './keys/node-keys.ts';
import type { StoreSettings } from './records/open-store.ts';
import type { TenantKey } from './requester/read-token.ts';
import type { NodeSettings } from './start-node.ts';
import { StartRefusal } from './start-refusal.ts';
import type { WalletPart } from './wallet/wallet-deps.ts';

export interface NodeConfig {
  readonly settings: NodeSettings;
  readonly store: StoreSettings;
  readonly logKeys: KeyPair;
  readonly wallet: WalletPart;
  readonly logLevel: string;
}
type Environment = Readonly<Record<string, string | undefined>>;

const defaultNewDeviceGuessesPerHour = 5000;

/**
 * Reads a node's settings from its environment, once, and checks them against its keys and the signed node set: a node
 * that served under limits nobody signed would be worse than one that does not start.
 * @throws {StartRefusal} one line for the operator
 */
export function readNodeConfig(env: Environment): NodeConfig {
  const dataDirectory = required(env, 'HEXKEY_NODE_DATA_DIR');
  const address = required(env, 'HEXKEY_NODE_ADDRESS');
  const identity = saying('the data directory holds no node keys: run init first', () =>
    readNodeIdentity(dataDirectory),
  );
  const operatorKey = readOperatorKey(env);
  const { nodeSet, hash } = readNodeSet(env, operatorKey);
  const entry = nodeSet.nodes.find((node) => node.realmId === identity.realmId);
  if (entry === undefined) throw new StartRefusal('this node is not in the node set');
  checkEntry(entry, { ...identity, pathPrefix: pathOf(address) });
  const tenants = readTenants(required(env, 'HEXKEY_NODE_TENANTS'));
  if (!tenants.some((key) => key.tenant === nodeSet.tenant))
    throw new StartRefusal(`HEXKEY_NODE_TENANTS has no key of the node set's tenant`);
  return {
    store: readStoreSettings(env, dataDirectory, identity.realmId),
    logKeys: saying('the log key in the data directory is damaged', () => readLogKeys(dataDirectory)),
    wallet: {
      nodes: walletNodesOf(nodeSet, hash),
      hpkeSecret: saying('the HPKE key in the data directory is damaged', () =>
        readHpkeSecret(dataDirectory),
      ),
    },
    logLevel: env.HEXKEY_LOG_LEVEL ?? 'info',
    settings: {
      host: env.HEXKEY_NODE_HOST ?? '127.0.0.1',
      port: integer(env, 'HEXKEY_NODE_PORT', 0, 65_535, 0),
      ...(env.HEXKEY_NODE_METRICS_PORT !== undefined && {
        metricsPort: integer(env, 'HEXKEY_NODE_METRICS_PORT', 0, 65_535, 0),
      }),
      realmId: identity.realmId,
      name: env.HEXKEY_NODE_NAME ?? entry.name,
      pathPrefix: pathOf(address),
      limits: nodeSet.limits,
      vouchingNodes: vouchingNodesOf(nodeSet),
      moves: { operatorKey, nodeSetHash: hash },
      tenants: tenants.filter((key) => key.tenant === nodeSet.tenant),
      newDeviceGuessesPerHour: integer(
        env,
        'HEXKEY_NODE_NEW_DEVICE_GUESSES_PER_HOUR',
        1,
        1_000_000_000,
        defaultNewDeviceGuessesPerHour,
      ),
    },
  };
}

/** PostgreSQL when `DATABASE_URL` names one, else the database inside the data directory. */
export function readStoreSettings(env: Environment, dataDirectory: string, realmId: string): StoreSettings {
  const url = env.DATABASE_URL;
  if (url === undefined || url === '') return { dataDirectory, realmId, databaseUrl: null };
  if (!/^postgres(?:ql)?:\/\//.test(url)) throw new StartRefusal('DATABASE_URL is not a PostgreSQL address');
  return { dataDirectory, realmId, databaseUrl: new Secret(url) };
}

export function readOperatorKey(env: Environment): Uint8Array {
  return saying('HEXKEY_OPERATOR_KEY is not a key in hexadecimal', () =>
    fromHex(required(env, 'HEXKEY_OPERATOR_KEY')),
  );
}

/** @throws {StartRefusal} one line for the operator */
export function readNodeSet(env: Environment, operatorKey: Uint8Array): VerifiedNodeSet {
  const path = required(env, 'HEXKEY_NODE_SET_FILE');
  return saying('HEXKEY_NODE_SET_FILE is not a node set signed by HEXKEY_OPERATOR_KEY', () =>
    verifyNodeSet(JSON.parse(readFileSync(path, 'utf8')), operatorKey),
  );
}

function checkEntry(
  entry: NodeSetEntry,
  own: { readonly logKey: string; readonly hpkeKey: string; readonly pathPrefix: string },
): void {
  if (entry.logKey !== own.logKey || entry.hpkeKey !== own.hpkeKey)
    throw new StartRefusal('the node set names other keys for this realm id');
  if (pathOf(entry.address) !== own.pathPrefix)
    throw new StartRefusal('HEXKEY_NODE_ADDRESS is not the address in the node set');
}

function readTenants(text: string): TenantKey[] {
  return saying('HEXKEY_NODE_TENANTS is not a JSON array of {tenant, version, publicKey}', () =>
    (JSON.parse(text) as unknown[]).map((value) => {
      const { tenant, version, publicKey } = value as Record<string, unknown>;
      const bytes = fromBase64url(String(publicKey));
      if (typeof tenant !== 'string' || !Number.isSafeInteger(version) || bytes.length !== 32)
        throw new RangeError('tenant');
      return { tenant, version: Number(version), publicKey: bytes };
    }),
  );
}

/** The path of an absolute or relative address; it decides which paths a node serves. */
function pathOf(address: string): string {
  const { pathname } = saying(
    'HEXKEY_NODE_ADDRESS is not an address',
    () => new URL(address, 'http://relative'),
  );
  if (!pathname.endsWith('/')) throw new StartRefusal('HEXKEY_NODE_ADDRESS does not end in /');
  return pathname;
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new StartRefusal(`${name} is not set`);
  return value;
}

function integer(env: Environment, name: string, min: number, max: number, otherwise: number): number {
  const text = env[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new StartRefusal(`${name} is not a number from ${min} to ${max}`);
  return value;
}

/** Runs a reader; whatever it throws becomes one line that says what to mend, with the first fault as its cause. */
function saying<T>(line: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof StartRefusal) throw cause;
    throw new StartRefusal(line, { cause });
  }
}
