import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64url, toBase64url } from '../encoding/text.ts';

/** `sha-256=:…:` over the body as sent, also an empty one. RFC 9530 section 2. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=${byteSequence(sha256(body))}`;
}

/** An RFC 9651 byte sequence: base64 with padding between colons. */
export function byteSequence(bytes: Uint8Array): string {
  const unpadded = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return `:${unpadded}${'='.repeat((4 - (unpadded.length % 4)) % 4)}:`;
}

/** The bytes of a byte sequence written exactly as `byteSequence` does, else null. */
export function parseByteSequence(text: string): Uint8Array<ArrayBuffer> | null {
  const match = /^:([A-Za-z0-9+/]*)={0,2}:$/.exec(text);
  if (match === null) return null;
  try {
    const bytes = fromBase64url((match[1] as string).replaceAll('+', '-').replaceAll('/', '_'));
    return byteSequence(bytes) === text ? bytes : null;
  } catch {
    // Impossible length or loose trailing bits: a second spelling, which signers of our profile never write.
    return null;
  }
}
