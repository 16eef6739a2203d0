import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

// RFC 9180 section 7: the suite of MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519 too.
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});

/**
 * Seals to a device in base mode, single shot. RFC 9180 section 6.1. The library draws the ephemeral key from the platform's
 * random source.
 * @param hpkeKey X25519 public key, 32 bytes
 * @returns `enc`, 32 bytes, and the ciphertext with its tag
 */
export async function sealToDevice(
  hpkeKey: Uint8Array,
  context: { readonly info: Uint8Array; readonly aad: Uint8Array },
  plaintext: Uint8Array,
): Promise<{ readonly encapsulatedKey: Uint8Array; readonly ciphertext: Uint8Array }> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(Uint8Array.from(hpkeKey).buffer);
  const { enc, ct } = await suite.seal(
    { recipientPublicKey, info: Uint8Array.from(context.info).buffer },
    Uint8Array.from(plaintext).buffer,
    Uint8Array.from(context.aad).buffer,
  );
  return { encapsulatedKey: new Uint8Array(enc), ciphertext: new Uint8Array(ct) };
}
