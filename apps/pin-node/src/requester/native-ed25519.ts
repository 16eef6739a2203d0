import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { isUsablePublicKey, toBase64url, toHex, type VerifyEd25519 } from '@hexkey/protocol';

const rememberedKeys = 4096;

/**
 * Ed25519 by the platform's OpenSSL, ten times faster than the portable one. OpenSSL refuses non-canonical S (RFC 8032
 * section 5.1.7) but takes keys of small order, so each key is checked once before it is imported.
 */
export function nativeVerifyEd25519(): VerifyEd25519 {
  const keys = new Map<string, KeyObject | null>();
  return (publicKey, message, signature) => {
    const name = toHex(publicKey);
    let key = keys.get(name);
    if (key === undefined) {
      key = isUsablePublicKey(publicKey) ? importKey(publicKey) : null;
      if (keys.size >= rememberedKeys) keys.clear();
      keys.set(name, key);
    }
    return key !== null && signature.length === 64 && verify(null, message, key, signature);
  };
}

function importKey(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKey) }, format: 'jwk' });
}
