import { sha256 } from '@noble/hashes/sha2.js';
import { type KeyPair, signEd25519 } from '../../account/ed25519.ts';
import { statement } from '../../account/statements.ts';
import { utf8 } from '../../encoding/bytes.ts';
import type { MovedWallet, MovePath } from '../../pin/move/move-statements.ts';
import { formatNodeUser } from '../../pin/node-proof.ts';
import type { VerifyEd25519 } from '../../pin/node-token.ts';
import type { DealtPackage } from '../threshold/re-share.ts';

/** What shares are dealt from and for: nothing of one dealing counts in another. */
export interface DealPlace {
  readonly path: MovePath;
  /** Version of the record at the new nodes that the shares belong to, 16 bytes. */
  readonly arrived: Uint8Array;
  /** Of the wallet as the old nodes hold it, 32 bytes. */
  readonly packageHash: Uint8Array;
  /** All who deal, by their old identifiers in their order: the weights depend on them. */
  readonly dealers: readonly number[];
}

/** HPKE `info` and `aad` of a dealt share (docs/protocol/wallet.md section 9). Identifiers fit in a byte. */
export function dealtSealContext(
  place: DealPlace,
  from: number,
  to: number,
): { readonly info: Uint8Array; readonly aad: Uint8Array } {
  return { info: statement('hexkey/1 wallet-dealt', ...partsOf(place)), aad: Uint8Array.of(from, to) };
}

/** What an old node's log key signs under each share it deals: the wallet that it is of, and what it is committed to. */
export function dealtStatement(
  place: DealPlace,
  { identifier, commitment }: DealtPackage,
  to: number,
  sealed: Uint8Array,
): Uint8Array {
  return statement(
    'hexkey/1 wallet-deal',
    ...partsOf(place),
    Uint8Array.of(identifier, to),
    sealed,
    ...commitment,
  );
}

/** The owner's word for the wallet as the new nodes are to hold it, by the PIN-auth key of the record that arrived. */
export function signWalletMove(
  place: Pick<DealPlace, 'path' | 'arrived'>,
  moved: MovedWallet,
  sealedShares: Uint8Array,
  pinAuthKeys: KeyPair,
): Uint8Array<ArrayBuffer> {
  return signEd25519(pinAuthKeys, walletMoveOf(place, moved, sealedShares));
}

export function isWalletMoveGood(
  place: Pick<DealPlace, 'path' | 'arrived'>,
  moved: MovedWallet,
  sealedShares: Uint8Array,
  order: Uint8Array,
  pinAuthKey: Uint8Array,
  verify: VerifyEd25519,
): boolean {
  return verify(pinAuthKey, walletMoveOf(place, moved, sealedShares), order);
}

function walletMoveOf(
  { path: { user, from, to }, arrived: version }: Pick<DealPlace, 'path' | 'arrived'>,
  { left, arrived }: MovedWallet,
  sealedShares: Uint8Array,
): Uint8Array {
  const who = utf8(formatNodeUser(user));
  return statement('hexkey/1 wallet-move', who, from, to, version, left, arrived, sha256(sealedShares));
}

function partsOf({ path: { user, from, to }, arrived, packageHash, dealers }: DealPlace): Uint8Array[] {
  return [utf8(formatNodeUser(user)), from, to, arrived, packageHash, Uint8Array.from(dealers)];
}
