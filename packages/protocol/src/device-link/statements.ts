import { statement } from '../account/statements.ts';
import { utf8 } from '../encoding/bytes.ts';

/** What a new device's key signs to be announced (docs/protocol/account-api.md section 16). */
export function announceLinkStatement(input: {
  /** Ed25519 public key, 32 bytes. */
  readonly deviceKey: Uint8Array;
  readonly name: string;
  readonly platform: string;
}): Uint8Array<ArrayBuffer> {
  return statement('hexkey/1 device-link', input.deviceKey, utf8(input.name), utf8(input.platform));
}

/** What the same key signs to collect what a logged-in device has approved. The link id is the server's, and random. */
export function collectLinkStatement(input: {
  /** UUID text. */
  readonly linkId: string;
  readonly deviceKey: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  return statement('hexkey/1 collect-device-link', utf8(input.linkId), input.deviceKey);
}

/** RFC 9180 `info` and `aad` of E sealed to a new device: for one account, one link and one device key. */
export function linkSealContext(input: {
  /** UUID text. */
  readonly accountId: string;
  /** UUID text. */
  readonly linkId: string;
  /** RFC 7638 thumbprint of the new device's key, as its code shows it. */
  readonly deviceKeyThumbprint: string;
}): { readonly info: Uint8Array; readonly aad: Uint8Array } {
  return {
    info: statement('hexkey/1 device-link-seal', utf8(input.accountId)),
    aad: statement('hexkey/1 device-link-entropy', utf8(input.linkId), utf8(input.deviceKeyThumbprint)),
  };
}
