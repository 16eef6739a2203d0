import { resolve } from 'node:path';
import { Secret } from '@hexkey/protocol';
import { StartError } from './start-error.ts';

export interface Config {
  /** Where people reach Hexkey: the one open port. */
  readonly host: string;
  readonly port: number;
  /** Origin in the browser's address bar. */
  readonly publicUrl: URL;
  readonly dataFolder: string;
  /** As asked for; the number of an existing installation is fixed. */
  readonly nodeCount: number | null;
  /** All nodes in one process. */
  readonly compact: boolean;
  /** Whether the operator's own proxy stands in front of the port. */
  readonly trustProxy: boolean;
  /** Settings of the API that pass through unread. */
  readonly apiEnv: Readonly<Record<string, string>>;
  /** A PostgreSQL for each node, the first node's first; null: each keeps its records in its folder. They hold passwords. */
  readonly nodeDatabaseUrls: readonly Secret<string>[] | null;
  /** A Solana cluster to use instead of the local devnet. Providers put keys into such addresses. */
  readonly cluster: { readonly rpcUrl: Secret<string>; readonly webSocketUrl: Secret<string> } | null;
  /** What any program of this machine needs: nothing of Hexkey. */
  readonly baseEnv: Readonly<Record<string, string>>;
  readonly colours: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;
export const defaultNodeCount = 5;
const isNodeCount = (value: number) => value >= 3 && value % 2 === 1;

/** @throws {StartError} a number of nodes that cannot be */
export function nodeCountOf(text: string | undefined): number {
  return integerOf({ '--count': text }, '--count', 0, isNodeCount, 'an odd number from 3 up');
}
const apiNames = ['DATABASE_URL', 'HEXKEY_MIN_CLIENT', 'HEXKEY_POW_BITS', 'HEXKEY_PUSH_HOSTS'];
const baseNames = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TZ',
  'LANG',
  'LC_ALL',
  'NODE_EXTRA_CA_CERTS',
  'SystemRoot',
  'TEMP',
];

/** @throws {StartError} a setting that makes no sense */
export function readConfig(env: Env, isTerminal: boolean): Config {
  const port = integerOf(env, 'HEXKEY_PORT', 8080, (value) => value >= 1 && value <= 65_535, 'a port number');
  return {
    host: env.HEXKEY_HOST || '127.0.0.1',
    port,
    publicUrl: publicUrlOf(env.HEXKEY_PUBLIC_URL || `http://localhost:${port}`),
    dataFolder: resolve(env.HEXKEY_DATA_DIR || './data'),
    nodeCount: env.HEXKEY_NODES
      ? integerOf(env, 'HEXKEY_NODES', 0, isNodeCount, 'an odd number from 3 up')
      : null,
    compact: env.HEXKEY_COMPACT === '1',
    trustProxy: env.HEXKEY_TRUST_PROXY === '1',
    apiEnv: pick(env, apiNames),
    nodeDatabaseUrls: env.HEXKEY_NODE_DATABASE_URLS ? databaseUrlsOf(env.HEXKEY_NODE_DATABASE_URLS) : null,
    cluster: clusterOf(env),
    baseEnv: pick(env, baseNames),
    colours: isTerminal && !env.NO_COLOR,
  };
}

/** Whether only this computer can reach an origin: then text messages may go to the outbox instead of a phone. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function publicUrlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || `${url.origin}/` !== url.href)
    throw new StartError(
      'HEXKEY_PUBLIC_URL must be an origin such as https://hexkey.example, without a path',
    );
  return url;
}

/** Two nodes in one database would spend one budget together: the second would refuse to start, with a longer line. */
function databaseUrlsOf(text: string): readonly Secret<string>[] {
  const urls = text.split(/\s+/).filter((url) => url !== '');
  if (!urls.every((url) => /^postgres(?:ql)?:\/\//.test(url)) || new Set(urls).size < urls.length)
    throw new StartError(
      'HEXKEY_NODE_DATABASE_URLS must be PostgreSQL addresses with spaces between, another database for each node',
    );
  return urls.map((url) => new Secret(url));
}

/**
 * The embedded database may lose what was acknowledged when the power fails: no basis for money that is worth something.
 *
 * @throws {StartError}
 */
function clusterOf(env: Env): Config['cluster'] {
  const rpc = env.SOLANA_RPC_URL;
  if (!rpc) {
    if (env.SOLANA_WS_URL) throw new StartError('SOLANA_WS_URL goes with SOLANA_RPC_URL: set both or none');
    return null;
  }
  if (!URL.canParse(rpc) || !/^https?:$/.test(new URL(rpc).protocol))
    throw new StartError('SOLANA_RPC_URL must be an http or https address');
  const sockets = env.SOLANA_WS_URL || webSocketUrlOf(new URL(rpc));
  if (!URL.canParse(sockets) || !/^wss?:$/.test(new URL(sockets).protocol))
    throw new StartError('SOLANA_WS_URL must be a ws or wss address');
  if (!env.DATABASE_URL)
    throw new StartError(
      'SOLANA_RPC_URL needs DATABASE_URL: the embedded database can lose acknowledged writes in a power cut, which real ' +
        'money must not hang on. Set DATABASE_URL to a PostgreSQL, or leave SOLANA_RPC_URL out to use the local devnet',
    );
  return { rpcUrl: new Secret(rpc), webSocketUrl: new Secret(sockets) };
}

/** Where clients of Solana look for it: the same address, and one port further when it names a port (@solana/web3.js). */
function webSocketUrlOf(rpc: URL): string {
  const url = new URL(rpc);
  url.protocol = rpc.protocol === 'https:' ? 'wss:' : 'ws:';
  if (rpc.port !== '') url.port = String(Number(rpc.port) + 1);
  return url.href;
}

function integerOf(
  env: Env,
  name: string,
  fallback: number,
  fits: (value: number) => boolean,
  what: string,
): number {
  const text = env[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !fits(value)) throw new StartError(`${name} must be ${what}, not ${text}`);
  return value;
}

function pick(env: Env, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name] as string]])),
  );
}
