import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

/** RFC 9180 section 7, as docs/protocol/team-hexkey.md section 2 chooses: for all that is sealed to a device. */
export const hpkeSuite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});

export interface HpkeSealed {
  /** RFC 9180 `enc`, 32 bytes. */
  readonly encapsulatedKey: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export interface HpkeContext {
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
}

/** Base mode, single shot (RFC 9180 section 6.1). @returns null for another key, another context or changed bytes */
export async function openHpke(
  recipientKey: CryptoKeyPair,
  { info, aad }: HpkeContext,
  { encapsulatedKey, ciphertext }: HpkeSealed,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = (value: Uint8Array) => Uint8Array.from(value).buffer;
  try {
    const opened = await hpkeSuite.open(
      { recipientKey, enc: bytes(encapsulatedKey), info: bytes(info) },
      bytes(ciphertext),
      bytes(aad),
    );
    return new Uint8Array(opened);
  } catch {
    // The library has one answer to a wrong key and to changed bytes; ours is the same for both.
    return null;
  }
}
