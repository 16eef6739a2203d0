import { schemas } from '@hexkey/contract';
import {
  logHeadsKey,
  openSeal,
  type PinSecret,
  type Random,
  Secret,
  seal,
  textOf,
  utf8,
} from '@hexkey/protocol';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { DeviceJson, SeenHeadJson } from './history-json.ts';

/**
 * What the owner's devices tell each other: the newest head each node was seen with, and which devices have shown the PIN. Written by
 * whoever has just proven the PIN, opened by nobody else (docs/protocol/account-api.md section 15).
 */
export const SharedHeads = schemas.Exact({
  /** Rises with each writing; inside the seal, so that an older one is noticed. */
  revision: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  nodes: Type.Array(schemas.Exact({ realmId: schemas.RealmId, head: SeenHeadJson })),
  devices: Type.Array(DeviceJson),
});
export type SharedHeads = Static<typeof SharedHeads>;

/** What the server takes, less nonce and tag of the seal. */
const mostPlainBytes = 4096 - 40;

const purpose = (accountId: string) => ({ label: 'log-heads', accountId, epoch: 1 });

/** Leaves out the devices named last where they do not fit; they are named in order of use for this. */
export function sealSharedHeads(
  pinSecret: PinSecret,
  accountId: string,
  heads: SharedHeads,
  random: Random,
): Uint8Array<ArrayBuffer> {
  let fitting = heads;
  let plaintext = utf8(JSON.stringify(fitting));
  while (plaintext.length > mostPlainBytes && fitting.devices.length > 1) {
    fitting = { ...fitting, devices: fitting.devices.slice(0, -1) };
    plaintext = utf8(JSON.stringify(fitting));
  }
  return seal(logHeadsKey(pinSecret), purpose(accountId), new Secret(plaintext), random);
}

/** Null for a seal that this S_pin does not open, or that no device of the owner made. */
export function openSharedHeads(
  pinSecret: PinSecret,
  accountId: string,
  sealed: Uint8Array,
): SharedHeads | null {
  const opened = openSeal(logHeadsKey(pinSecret), purpose(accountId), sealed);
  if (opened === null) return null;
  const heads: unknown = JSON.parse(textOf(opened.reveal()));
  return Value.Check(SharedHeads, heads) ? heads : null;
}
