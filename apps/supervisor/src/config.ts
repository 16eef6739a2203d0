import { resolve } from 'node:path';
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
  /** What any program of this machine needs: nothing of Hexkey. */
  readonly baseEnv: Readonly<Record<string, string>>;
  readonly colours: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;
export const defaultNodeCount = 5;
const apiNames = ['DATABASE_URL', 'HEXKEY_MIN_CLIENT', 'HEXKEY_POW_BITS'];
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
      ? integerOf(env, 'HEXKEY_NODES', 0, (value) => value >= 3 && value % 2 === 1, 'an odd number from 3 up')
      : null,
    compact: env.HEXKEY_COMPACT === '1',
    trustProxy: env.HEXKEY_TRUST_PROXY === '1',
    apiEnv: pick(env, apiNames),
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
