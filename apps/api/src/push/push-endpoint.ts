import { BlockList, isIP } from 'node:net';

/** Push services of the browsers: Chrome and its kin, Firefox, Safari, Edge. A leading dot takes every host below. */
export const knownPushHosts: readonly string[] = [
  'fcm.googleapis.com',
  '.push.services.mozilla.com',
  '.push.apple.com',
  '.notify.windows.com',
];

const longest = 1024;

/**
 * The address of a subscription, if this server would ask there: a client must not be able to send the server anywhere else.
 * @param hosts names, or endings of names with their dot; never addresses
 */
export function readEndpoint(text: string, hosts: readonly string[]): URL | null {
  const url = text.length <= longest && URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  const host = url.hostname;
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return null;
  const isKnown = hosts.some((known) => (known.startsWith('.') ? host.endsWith(known) : host === known));
  return isKnown ? url : null;
}

const inner = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(network, prefix, 'ipv6');

/** Whether an address is one of the internet (RFC 6890), whatever name led to it. IPv4 inside IPv6 counts as what it holds. */
export function isOutside(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return !inner.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
