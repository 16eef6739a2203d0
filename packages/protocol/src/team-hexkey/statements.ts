import { statement } from '../account/statements.ts';
import { utf8 } from '../encoding/bytes.ts';

/** What a device key signs to publish the HPKE key that messages to the device are sealed to (docs/protocol/team-hexkey.md section 1). */
export function deviceHpkeKeyStatement(input: {
  /** UUID text. */
  readonly accountId: string;
  /** UUID text. */
  readonly sessionId: string;
  /** X25519 public key, 32 bytes. */
  readonly hpkeKey: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  return statement('hexkey/1 device-hpke-key', utf8(input.accountId), utf8(input.sessionId), input.hpkeKey);
}

/** What a device key signs to open its socket (section 3). */
export function socketHelloStatement(input: {
  /** 32 bytes from the server, for this connection. */
  readonly nonce: Uint8Array;
  /** UUID text. */
  readonly sessionId: string;
}): Uint8Array<ArrayBuffer> {
  return statement('hexkey/1 socket-hello', input.nonce, utf8(input.sessionId));
}
