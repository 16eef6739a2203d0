import { Secret } from '@hexkey/protocol';

export interface Config {
  readonly port: number;
  /** Who may put messages in and read them. Made anew at every start, never in a URL. */
  readonly token: Secret<string>;
}

/** @throws {Error} a setting is missing */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { HEXKEY_OUTBOX_PORT: port, HEXKEY_OUTBOX_TOKEN: token } = env;
  if (!port) throw new Error('HEXKEY_OUTBOX_PORT is not set');
  if (!token || token.length < 20)
    throw new Error('HEXKEY_OUTBOX_TOKEN is not set or shorter than 20 characters');
  return { port: Number(port), token: new Secret(token) };
}
