import { concatBytes, type Secret } from '@hexkey/protocol';
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

/** How round-2 shares travel: HPKE, base mode, single shot. RFC 9180 section 6.1. */
export interface Round2Sealing {
  /** @param receiver X25519 public key @returns `enc` and ciphertext, 80 bytes for a scalar. @throws for a key that is none */
  seal(
    receiver: Uint8Array,
    context: SealContext,
    share: Secret<Uint8Array>,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Opens what was sealed to this node; null when it was not, or for another context. */
  open(sealed: Uint8Array, context: SealContext): Promise<Uint8Array | null>;
}

export interface SealContext {
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
}

const encapsulatedBytes = 32;

/** The library draws ephemeral keys from the platform's random source. @param secret X25519 private key of the node, 32 bytes */
export function round2Sealing(secret: Secret<Uint8Array>): Round2Sealing {
  // RFC 9180 section 7: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM.
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });
  const recipientKey = suite.kem.deserializePrivateKey(bufferOf(secret.reveal()));
  // A damaged key is told by the first use, not by an unhandled rejection before it.
  recipientKey.catch(() => undefined);
  return {
    async seal(receiver, { info, aad }, share) {
      const recipientPublicKey = await suite.kem.deserializePublicKey(bufferOf(receiver));
      const { enc, ct } = await suite.seal(
        { recipientPublicKey, info: bufferOf(info) },
        bufferOf(share.reveal()),
        bufferOf(aad),
      );
      return concatBytes(new Uint8Array(enc), new Uint8Array(ct));
    },
    async open(sealed, { info, aad }) {
      const key = await recipientKey;
      try {
        const opened = await suite.open(
          { recipientKey: key, enc: bufferOf(sealed.slice(0, encapsulatedBytes)), info: bufferOf(info) },
          bufferOf(sealed.slice(encapsulatedBytes)),
          bufferOf(aad),
        );
        return new Uint8Array(opened);
      } catch {
        // The library throws for a wrong tag or a point that is none; who sent it is not trusted.
        return null;
      }
    },
  };
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
