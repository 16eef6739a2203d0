import { createECDH, createPrivateKey, sign } from 'node:crypto';
import { type Secret, toBase64url, utf8 } from '@hexkey/protocol';

/** RFC 8292 section 2: at most 24 hours. */
const validForSeconds = 12 * 60 * 60;

export interface VapidKey {
  /** P-256, uncompressed, 65 bytes. */
  readonly publicKey: Uint8Array;
  /**
   * The `Authorization` of one message to a push service (RFC 8292 section 3): a JWT for that service's origin, signed with ES256.
   * @param contact where its operator finds ours: `https:` or `mailto:`
   */
  authorize(origin: string, contact: string, nowMs: number): string;
}

/** @param seed 32 random bytes; without their highest bit they are below the order of P-256 */
export function vapidKey(seed: Secret<Uint8Array>): VapidKey {
  const scalar = Uint8Array.from(seed.reveal());
  scalar[0] = (scalar[0] as number) & 0x7f;
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(scalar);
  const publicKey = Uint8Array.from(pair.getPublicKey());
  const [x, y] = [publicKey.slice(1, 33), publicKey.slice(33)].map(toBase64url);
  const key = createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: x as string, y: y as string, d: toBase64url(scalar) },
  });
  return {
    publicKey,
    authorize(origin, contact, nowMs) {
      const claims = { aud: origin, exp: Math.floor(nowMs / 1000) + validForSeconds, sub: contact };
      const signed = [{ typ: 'JWT', alg: 'ES256' }, claims]
        .map((part) => toBase64url(utf8(JSON.stringify(part))))
        .join('.');
      // JWS has r and s one after the other: RFC 7518 section 3.4.
      const signature = sign('sha256', utf8(signed), { key, dsaEncoding: 'ieee-p1363' });
      return `vapid t=${signed}.${toBase64url(signature)}, k=${toBase64url(publicKey)}`;
    },
  };
}
