import { createHash } from 'node:crypto';
import {
  type Caller,
  deviceKeyThumbprint,
  equalBytes,
  fromBase64url,
  lengthPrefixed,
  type NodeUser,
  toBase64url,
  utf8,
} from '@hexkey/protocol';
import { loginKeyOf, type PinRecord } from '../records/pin-record.ts';

/** Who sent a request, as far as signatures tell. What that is worth depends on the record (`callerAt`). */
export type Requester = {
  readonly user: NodeUser;
  /** The account server vouched for the user; without a token only an enrolled device is served. */
  readonly hasToken: boolean;
} & (
  | {
      readonly kind: 'device';
      readonly deviceKey: Uint8Array;
      /** The login key that signed this request too, or null. */
      readonly loginKey: Uint8Array | null;
    }
  /** An official client: a session id that the account server wrote into the token. */
  | { readonly kind: 'session'; readonly sessionId: string }
);

/** The requester in the eyes of one record. A session stands for a device only at records made without a proof. */
export function callerAt(record: PinRecord, requester: Requester): Caller {
  if (requester.kind === 'session')
    return { id: `sid:${requester.sessionId}`, enrollable: !record.madeWithProof, hasWords: false };
  const loginKey = loginKeyOf(record);
  return {
    id: `key:${toBase64url(requester.deviceKey)}`,
    enrollable: true,
    hasWords: requester.loginKey !== null && loginKey !== null && equalBytes(requester.loginKey, loginKey),
  };
}

/** The requester in the attempt log, 32 bytes: the thumbprint of its key; of a session, a hash that is not its id. */
export function deviceNameOf(requester: Requester): Uint8Array {
  if (requester.kind === 'device') return fromBase64url(deviceKeyThumbprint(requester.deviceKey));
  return createHash('sha256')
    .update(lengthPrefixed(utf8('hexkey/1 session')))
    .update(lengthPrefixed(utf8(requester.sessionId)))
    .digest();
}

/** Whether a caller's id is that of the device with this thumbprint. */
export function isDeviceOf(callerId: string, thumbprint: Uint8Array): boolean {
  const [kind, key] = callerId.split(':');
  return kind === 'key' && deviceKeyThumbprint(fromBase64url(key ?? '')) === toBase64url(thumbprint);
}
