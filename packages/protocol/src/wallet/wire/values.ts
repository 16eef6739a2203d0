import { equalBytes } from '../../encoding/bytes.ts';
import { MalformedError } from '../../pin/malformed.ts';
import { type CborMap, type CborValue, cborMap } from '../../pin/wire/cbor.ts';
import { type Members, readMembers } from '../../pin/wire/members.ts';
import { maxNamedMints, type SpendingLimits } from '../policy/limits.ts';
import type { Round1Package } from '../threshold/key-generation.ts';
import type { SigningCommitment } from '../threshold/sign.ts';
import type { WalletPackage } from '../threshold/wallet-package.ts';
import { maxAmount } from '../transfer-costs.ts';
import type { SealedMessage } from './answers.ts';
import { walletLengths } from './requests.ts';

/** As the account server takes them. */
const maxSealedSharesBytes = 2048;

/** No ceremony has more participants or commitments: a FROST identifier is one byte here. */
const maxParticipants = 255;

/** An amount of raw units: 8 bytes, big-endian. @throws {RangeError} one that 64 bits do not hold */
export function amountToCbor(amount: bigint): Uint8Array {
  if (amount < 0n || amount > maxAmount) throw new RangeError('not an amount of 64 bits');
  const bytes = new Uint8Array(walletLengths.amount);
  new DataView(bytes.buffer).setBigUint64(0, amount);
  return bytes;
}

/** @throws {MalformedError} */
export function amountIn(members: Members, name: string): bigint {
  const bytes = members.bytes(name, walletLengths.amount);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(0);
}

/** @throws {MalformedError} no identifier from 1 to 255 */
export function identifierFrom(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > maxParticipants)
    throw new MalformedError('not an identifier');
  return value;
}

/** @throws {MalformedError} no array, or a longer one than of all participants there can be */
export function listFrom<T>(value: unknown, read: (item: unknown) => T): T[] {
  if (!Array.isArray(value) || value.length > maxParticipants) throw new MalformedError('not a list');
  return value.map(read);
}

/** @throws {MalformedError} */
export function octetsFrom(value: unknown, lengthBytes: number): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== lengthBytes)
    throw new MalformedError(`not ${lengthBytes} bytes`);
  return value;
}

export function round1ToCbor({ identifier, commitment, proof }: Round1Package): CborMap {
  return cborMap({ identifier, commitment: [...commitment], proof });
}

/** @throws {MalformedError} */
export function round1From(value: unknown): Round1Package {
  const members = readMembers(value, ['identifier', 'commitment', 'proof']);
  return {
    identifier: identifierFrom(members.value('identifier')),
    commitment: listFrom(members.value('commitment'), (point) => octetsFrom(point, walletLengths.point)),
    proof: members.bytes('proof', walletLengths.signature),
  };
}

export function walletPackageToCbor(wallet: WalletPackage): CborMap {
  return cborMap({
    epoch: wallet.epoch,
    node_set_hash: wallet.nodeSetHash,
    commitments: [...wallet.commitments],
    verifying_shares: [...wallet.verifyingShares],
  });
}

/** @throws {MalformedError} */
export function walletPackageFrom(value: unknown): WalletPackage {
  const members = readMembers(value, ['epoch', 'node_set_hash', 'commitments', 'verifying_shares']);
  const points = (name: string) =>
    listFrom(members.value(name), (point) => octetsFrom(point, walletLengths.point));
  const [commitments, verifyingShares] = [points('commitments'), points('verifying_shares')];
  return {
    epoch: members.integer('epoch'),
    nodeSetHash: members.bytes('node_set_hash', walletLengths.hash),
    min: commitments.length,
    max: verifyingShares.length,
    commitments,
    verifyingShares,
  };
}

/** @throws {MalformedError} no bytes, or more than the shares of the largest set take */
export function sealedSharesIn(members: Members): Uint8Array {
  const sealed = members.value('sealed_shares');
  if (!(sealed instanceof Uint8Array) || sealed.length > maxSealedSharesBytes)
    throw new MalformedError('sealed_shares: not a seal of shares');
  return sealed;
}

/** @throws {MalformedError} */
export function sealedMessageFrom(value: unknown): SealedMessage {
  const members = readMembers(value);
  return {
    to: identifierFrom(members.value('to')),
    sealed: members.bytes('sealed', walletLengths.sealedShare),
    signature: members.bytes('signature', walletLengths.signature),
  };
}

export function commitmentToCbor({ identifier, hiding, binding }: SigningCommitment): CborMap {
  return cborMap({ identifier, hiding, binding });
}

/** @throws {MalformedError} */
export function commitmentFrom(value: unknown): SigningCommitment {
  const members = readMembers(value, ['identifier', 'hiding', 'binding']);
  return {
    identifier: identifierFrom(members.value('identifier')),
    hiding: members.bytes('hiding', walletLengths.point),
    binding: members.bytes('binding', walletLengths.point),
  };
}

export function limitsToCbor({ lamports, mints, otherMints }: SpendingLimits): CborMap {
  return cborMap({
    lamports: amountToCbor(lamports),
    mints: mints.map(({ mint, amount }): CborValue => cborMap({ mint, amount: amountToCbor(amount) })),
    other_mints: amountToCbor(otherMints),
  });
}

/**
 * @param most of a request; a node's answer may name more while a raise is pending
 * @throws {MalformedError} also for a mint that is named twice
 */
export function limitsFrom(value: unknown, most = 4 * maxNamedMints): SpendingLimits {
  const members = readMembers(value, ['lamports', 'mints', 'other_mints']);
  const mints = listFrom(members.value('mints'), (item) => {
    const named = readMembers(item, ['mint', 'amount']);
    return { mint: named.bytes('mint', walletLengths.key), amount: amountIn(named, 'amount') };
  });
  if (mints.length > most) throw new MalformedError('too many mints');
  if (mints.some(({ mint }, index) => mints.slice(index + 1).some((later) => equalBytes(later.mint, mint))))
    throw new MalformedError('a mint is named twice');
  return { lamports: amountIn(members, 'lamports'), mints, otherMints: amountIn(members, 'other_mints') };
}
