import { createHash } from 'node:crypto';
import { equalBytes } from '@hexkey/protocol';
import sodium from 'libsodium-wrappers-sumo';
import { dleqDomain, type GroupOperations, isCanonicalScalar } from './group-operations.ts';

const identity = new Uint8Array(32);

/** The node's group: libsodium's constant-time ristretto255, compiled to WebAssembly. */
export async function sodiumGroup(): Promise<GroupOperations> {
  await sodium.ready;
  return {
    isPoint: (bytes) =>
      bytes.length === 32 &&
      !equalBytes(bytes, identity) &&
      sodium.crypto_core_ristretto255_is_valid_point(bytes),
    isScalar: isCanonicalScalar,
    publicKeyOf: (privateKey) =>
      equalBytes(privateKey, identity) ? null : sodium.crypto_scalarmult_ristretto255_base(privateKey),
    evaluate({ privateKey, publicKey, blindedInput, entropy }) {
      const blindedResult = sodium.crypto_scalarmult_ristretto255(privateKey, blindedInput);
      const t = sodium.crypto_core_ristretto255_scalar_reduce(entropy);
      const transcript = createHash('sha512')
        .update(dleqDomain)
        .update(blindedInput)
        .update(publicKey)
        .update(blindedResult)
        .update(sodium.crypto_scalarmult_ristretto255_base(t))
        .update(sodium.crypto_scalarmult_ristretto255(t, blindedInput))
        .digest();
      const c = sodium.crypto_core_ristretto255_scalar_reduce(transcript);
      const betaZ = sodium.crypto_core_ristretto255_scalar_add(
        t,
        sodium.crypto_core_ristretto255_scalar_mul(privateKey, c),
      );
      sodium.memzero(t);
      return { blindedResult, proof: { c, betaZ } };
    },
  };
}
