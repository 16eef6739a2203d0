import { keyPairOfSeed, signEd25519, verifyEd25519 } from '../../account/ed25519.ts';
import { concatBytes } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';
import type { Random } from '../../ports.ts';
import type { OprfSignedPublicKey } from '../wire/registration.ts';

/** Signs the public keys of one record under a fresh Ed25519 key, which is dropped afterwards. */
export function signPublicKeys(
  keys: readonly { readonly realmId: Uint8Array; readonly publicKey: Uint8Array }[],
  random: Random,
): readonly OprfSignedPublicKey[] {
  const pair = keyPairOfSeed(new Secret(random(32)));
  return keys.map(({ realmId, publicKey }) => ({
    publicKey,
    verifyingKey: pair.publicKey,
    signature: signEd25519(pair, signedBytes(realmId, publicKey)),
  }));
}

/** Whether the key was made for this node. Malformed parts are `false`: they come from the node. */
export function verifySignedPublicKey(key: OprfSignedPublicKey, realmId: Uint8Array): boolean {
  return verifyEd25519(key.verifyingKey, signedBytes(realmId, key.publicKey), key.signature);
}

/** `be2(16) || realm id || be2(32) || public key`. */
function signedBytes(realmId: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return concatBytes(uint16(realmId.length), realmId, uint16(publicKey.length), publicKey);
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}
