import { textOf } from '../encoding/bytes.ts';
import { fromBase64url } from '../encoding/text.ts';
import { MalformedError } from './malformed.ts';
import { type BucketLimit, bucketNames, type NodeSet, type NodeSetEntry } from './node-set.ts';

const absoluteAddress =
  /^(?:https:\/\/[A-Za-z0-9.-]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~-]+)*\/$/;
const relativeAddress = /^(?:\/[A-Za-z0-9._~-]+)*\/$/;
const label = /^\S(?:[^\p{Cc}]{0,98}\S)?$/u;

/**
 * Reads a node set's payload. It refuses what it does not know: a member this client cannot weigh might matter.
 * @throws {MalformedError} wrong shape, n other than 2t-1, a repeated realm id, or an address that is not protected
 */
export function parseNodeSet(payload: Uint8Array): NodeSet {
  const root = objectOf(parseJson(payload), ['id', 'epoch', 'threshold', 'limits', 'tenant', 'nodes']);
  const limits = objectOf(root.limits, bucketNames);
  const nodes = arrayOf(root.nodes).map(parseEntry);
  const threshold = integerOf(root.threshold, 2);
  if (nodes.length !== 2 * threshold - 1) throw new MalformedError('node set: n must be 2t-1');
  if (new Set(nodes.map((node) => node.realmId)).size !== nodes.length)
    throw new MalformedError('node set: a realm id is repeated');
  return {
    id: matching(root.id, /^[A-Za-z0-9._-]{1,64}$/),
    epoch: integerOf(root.epoch, 1),
    threshold,
    limits: {
      provenDevice: parseLimit(limits.provenDevice),
      words: parseLimit(limits.words),
      newDevice: parseLimit(limits.newDevice),
    },
    tenant: matching(root.tenant, /^(?:test-)?[a-zA-Z0-9]{1,64}$/),
    nodes,
  };
}

/**
 * The address of a node as a request needs it.
 * @param origin of the page or of the server, without a trailing slash: `https://hexkey.example`
 */
export function resolveNodeAddress(address: string, origin: string): string {
  return address.startsWith('/') ? `${origin}${address}` : address;
}

function parseEntry(value: unknown): NodeSetEntry {
  const entry = objectOf(value, ['realmId', 'address', 'operator', 'name', 'region', 'logKey', 'hpkeKey']);
  const address = matching(entry.address, /^.{1,256}$/);
  if (!absoluteAddress.test(address) && !relativeAddress.test(address))
    throw new MalformedError('node set: address');
  return {
    realmId: matching(entry.realmId, /^[0-9a-f]{32}$/),
    address,
    operator: matching(entry.operator, label),
    name: matching(entry.name, label),
    region: matching(entry.region, label),
    logKey: publicKey(entry.logKey),
    hpkeKey: publicKey(entry.hpkeKey),
  };
}

function parseLimit(value: unknown): BucketLimit {
  const limit = objectOf(value, ['attempts', 'windowMs']);
  return { attempts: integerOf(limit.attempts, 1, 1000), windowMs: integerOf(limit.windowMs, 60_000) };
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(payload));
  } catch {
    throw new MalformedError('node set: not JSON');
  }
}

function objectOf(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new MalformedError('node set: not an object');
  const keys = Object.keys(value);
  if (keys.length !== names.length || !keys.every((key) => names.includes(key)))
    throw new MalformedError('node set: a missing or unknown member');
  return value as Readonly<Record<string, unknown>>;
}

function arrayOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new MalformedError('node set: not an array');
  return value;
}

function integerOf(value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max)
    throw new MalformedError('node set: not an integer in range');
  return value;
}

function matching(value: unknown, pattern: RegExp): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw new MalformedError('node set: text');
  return value;
}

function publicKey(value: unknown): string {
  const text = matching(value, /^[A-Za-z0-9_-]{43}$/);
  fromBase64url(text);
  return text;
}
