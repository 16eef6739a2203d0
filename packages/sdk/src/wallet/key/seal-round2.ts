import { concatBytes } from '@hexkey/protocol';
import { type HpkeContext, hpkeSuite, openHpke } from '../../team-hexkey/hpke-suite.ts';

/** `enc` and ciphertext in one, as the wire has them (docs/protocol/wallet.md section 2). */
export async function sealRound2(
  receiverKey: Uint8Array,
  { info, aad }: HpkeContext,
  share: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = (value: Uint8Array) => Uint8Array.from(value).buffer;
  const recipientPublicKey = await hpkeSuite.kem.deserializePublicKey(bytes(receiverKey));
  const { enc, ct } = await hpkeSuite.seal(
    { recipientPublicKey, info: bytes(info) },
    bytes(share),
    bytes(aad),
  );
  return concatBytes(new Uint8Array(enc), new Uint8Array(ct));
}

/** Null for what was not sealed to this key in this context. */
export function openRound2(
  pair: CryptoKeyPair,
  context: HpkeContext,
  sealed: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts = { encapsulatedKey: sealed.subarray(0, 32), ciphertext: sealed.subarray(32) };
  return openHpke(pair, context, parts);
}
