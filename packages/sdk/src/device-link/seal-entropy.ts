import { DomainError } from '@hexkey/contract';
import { type Entropy, linkSealContext, Secret } from '@hexkey/protocol';
import { DeserializeError, EncapError } from '@hpke/core';
import { type HpkeSealed, hpkeSuite, openHpke } from '../team-hexkey/hpke-suite.ts';

/** The account, the link and the device that a seal is for. */
export type LinkSealFor = Parameters<typeof linkSealContext>[0];

/**
 * Seals E to a new device.
 * @param hpkeKey as its code shows it, never as a server tells it
 * @throws {DomainError} `NotALinkCode` for bytes that are no key: an all-zero shared secret (RFC 9180 section 7.1.4)
 */
export async function sealEntropyToDevice(
  hpkeKey: Uint8Array,
  forWhom: LinkSealFor,
  entropy: Entropy,
): Promise<HpkeSealed> {
  const { info, aad } = linkSealContext(forWhom);
  try {
    const recipientPublicKey = await hpkeSuite.kem.deserializePublicKey(Uint8Array.from(hpkeKey).buffer);
    const { enc, ct } = await hpkeSuite.seal(
      { recipientPublicKey, info: info.buffer },
      Uint8Array.from(entropy.reveal()).buffer,
      aad.buffer,
    );
    return { encapsulatedKey: new Uint8Array(enc), ciphertext: new Uint8Array(ct) };
  } catch (error) {
    if (error instanceof EncapError || error instanceof DeserializeError)
      throw new DomainError('NotALinkCode', {});
    throw error;
  }
}

/** E of a seal; null when it was sealed to another key, for another account, link or device, or is no entropy. */
export async function openSealedEntropy(
  pair: CryptoKeyPair,
  forWhom: LinkSealFor,
  sealed: HpkeSealed,
): Promise<Entropy | null> {
  const opened = await openHpke(pair, linkSealContext(forWhom), sealed);
  return opened?.length === 16 || opened?.length === 32 ? new Secret(opened) : null;
}
