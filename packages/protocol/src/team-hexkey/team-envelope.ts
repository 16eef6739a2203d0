import { type KeyPair, signEd25519, verifyEd25519 } from '../account/ed25519.ts';
import { statement } from '../account/statements.ts';
import { concatBytes, textOf, utf8 } from '../encoding/bytes.ts';

const signatureBytes = 64;

/** The one device a message is for, and its place in that device's queue. */
export interface Addressee {
  /** UUID text. */
  readonly accountId: string;
  /** UUID text of the device's session. */
  readonly sessionId: string;
  /** UUID text of the queued copy: another one for each device. */
  readonly envelopeId: string;
}

/** RFC 9180 `info` and `aad` of a seal to one device: it opens on no other and under no other id. */
export function teamSealContext(to: Addressee): { readonly info: Uint8Array; readonly aad: Uint8Array } {
  return {
    info: statement('hexkey/1 team-seal', utf8(to.accountId), utf8(to.sessionId)),
    aad: statement('hexkey/1 team-envelope', utf8(to.envelopeId)),
  };
}

/**
 * What is sealed: `signature (64) || text`. The signature names the addressee, so that nobody who opens a message can pass it
 * on to another device as the server's.
 */
export function signTeamText(teamKey: KeyPair, to: Addressee, text: string): Uint8Array<ArrayBuffer> {
  const bytes = utf8(text);
  return concatBytes(signEd25519(teamKey, signedBytes(to, bytes)), bytes);
}

/** The text of an opened seal, or null when Team Hexkey did not sign it for this addressee. */
export function verifyTeamText(teamPublicKey: Uint8Array, to: Addressee, opened: Uint8Array): string | null {
  const signature = opened.subarray(0, signatureBytes);
  const bytes = opened.subarray(signatureBytes);
  if (!verifyEd25519(teamPublicKey, signedBytes(to, bytes), signature)) return null;
  try {
    return textOf(bytes);
  } catch {
    // Signed, yet no text: nothing that this version reads.
    return null;
  }
}

function signedBytes({ accountId, sessionId, envelopeId }: Addressee, text: Uint8Array): Uint8Array {
  return statement('hexkey/1 team-message', utf8(accountId), utf8(sessionId), utf8(envelopeId), text);
}
