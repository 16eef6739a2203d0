import { readFileSync } from 'node:fs';
import { fromBase64url, textOf } from '@hexkey/protocol';

/** Where the front door listens and what stands behind it. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: URL;
  /** Origin of the API. */
  readonly api: URL;
  /** Origin of each PIN node: the first is `/nodes/1/`. */
  readonly nodes: readonly URL[];
  /** The Solana ledger: origin of the local devnet, or a cluster. Its addresses may hold a key of the operator's: never logged. */
  readonly ledger: { readonly devnet: URL } | { readonly rpc: URL; readonly sockets: URL } | null;
  /** The built web client, or the origin of its development server. */
  readonly web: { readonly folder: string } | { readonly devServer: URL };
  /** Origins of PIN nodes that live elsewhere: the web client may connect to them. */
  readonly nodeOrigins: readonly string[];
  /** Whether another proxy of the operator stands in front, so that the last X-Forwarded-For entry is the caller. */
  readonly trustProxy: boolean;
}

/** @throws {Error} a setting is missing or malformed */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const need = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`${name} is not set`);
    return value;
  };
  const devServer = env.HEXKEY_DOOR_DEV_SERVER;
  return {
    host: env.HEXKEY_DOOR_HOST ?? '127.0.0.1',
    port: Number(need('HEXKEY_DOOR_PORT')),
    publicUrl: new URL(need('HEXKEY_PUBLIC_URL')),
    api: new URL(need('HEXKEY_DOOR_API')),
    nodes: (JSON.parse(need('HEXKEY_DOOR_NODES')) as string[]).map((origin) => new URL(origin)),
    ledger: readLedger(env, need),
    web: devServer ? { devServer: new URL(devServer) } : { folder: need('HEXKEY_DOOR_WEB') },
    nodeOrigins: absoluteNodeOrigins(readFileSync(need('HEXKEY_NODE_SET_FILE'), 'utf8')),
    trustProxy: env.HEXKEY_TRUST_PROXY === '1',
  };
}

function readLedger(
  env: Readonly<Record<string, string | undefined>>,
  need: (name: string) => string,
): Config['ledger'] {
  if (env.HEXKEY_DOOR_DEVNET) return { devnet: new URL(env.HEXKEY_DOOR_DEVNET) };
  if (!env.HEXKEY_DOOR_CLUSTER) return null;
  return { rpc: new URL(env.HEXKEY_DOOR_CLUSTER), sockets: new URL(need('HEXKEY_DOOR_CLUSTER_SOCKETS')) };
}

interface Document {
  readonly payload: string;
}

/**
 * Origins of the nodes of a set whose addresses are absolute. The signature is not checked here: clients check it, and a
 * forged list could only widen what this page may connect to.
 *
 * @param document the signed node set (docs/protocol/pin-node.md section 1), or a list of them, JSON
 */
export function absoluteNodeOrigins(document: string): readonly string[] {
  const parsed = JSON.parse(document) as Document | readonly Document[];
  const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [parsed];
  const nodes = documents.flatMap(({ payload }) => {
    const set = JSON.parse(textOf(fromBase64url(payload))) as { nodes: readonly { address: string }[] };
    return set.nodes;
  });
  const absolute = nodes.map(({ address }) => address).filter((address) => !address.startsWith('/'));
  return [...new Set(absolute.map((address) => new URL(address).origin))];
}
