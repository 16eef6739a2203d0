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
    web: devServer ? { devServer: new URL(devServer) } : { folder: need('HEXKEY_DOOR_WEB') },
    nodeOrigins: absoluteNodeOrigins(readFileSync(need('HEXKEY_NODE_SET_FILE'), 'utf8')),
    trustProxy: env.HEXKEY_TRUST_PROXY === '1',
  };
}

/**
 * Origins of the nodes of a set whose addresses are absolute. The signature is not checked here: clients check it, and a
 * forged list could only widen what this page may connect to.
 *
 * @param document the signed node set (docs/protocol/pin-node.md section 1), JSON
 */
export function absoluteNodeOrigins(document: string): readonly string[] {
  const { payload } = JSON.parse(document) as { payload: string };
  const { nodes } = JSON.parse(textOf(fromBase64url(payload))) as { nodes: readonly { address: string }[] };
  const absolute = nodes.map(({ address }) => address).filter((address) => !address.startsWith('/'));
  return [...new Set(absolute.map((address) => new URL(address).origin))];
}
