import type { Options } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { ProfileSettings } from './profile-settings.ts';

const localServer = 'http://localhost:8080';

/**
 * The server of a profile: the one it began with, else the one that is named, else one on this computer.
 * @returns its origin
 * @throws {UsageError} another server than the profile's, or one that others on the way could read
 */
export function chooseServer(options: Options, settings: ProfileSettings | null): string {
  const origin = originOf(options.server ?? settings?.server ?? localServer);
  if (settings !== null && settings.server !== origin)
    throw new UsageError('This profile belongs to another server. Choose another one with --profile.');
  return origin;
}

function originOf(address: string): string {
  if (!URL.canParse(address)) throw new UsageError('--server is no URL.');
  const url = new URL(address);
  const { origin, pathname } = url;
  if (pathname !== '/' || !isSafeOrigin(url))
    throw new UsageError('--server must be the https origin of a server; http is for this computer only.');
  return origin;
}

/** Nobody on the way reads or changes what goes there. */
export function isSafeOrigin({ protocol, hostname }: URL): boolean {
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLocal);
}
