import type { DevnetSettings } from './start-devnet.ts';

/** A setting that does not fit; for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws {ConfigError} */
export function readConfig(env: Readonly<Record<string, string | undefined>>): DevnetSettings {
  const dataFolder = env.HEXKEY_DEVNET_DATA_DIR;
  if (!dataFolder) throw new ConfigError('HEXKEY_DEVNET_DATA_DIR is not set');
  const text = env.HEXKEY_DEVNET_PORT || '8899';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new ConfigError(`HEXKEY_DEVNET_PORT must be a port number, not ${text}`);
  return { host: env.HEXKEY_DEVNET_HOST || '127.0.0.1', port, dataFolder };
}
