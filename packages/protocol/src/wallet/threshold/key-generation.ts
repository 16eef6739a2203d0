import type { DKG_Round1, DKG_Round2, DKG_Secret } from '@noble/curves/abstract/frost.js';
import { ed25519_FROST } from '@noble/curves/ed25519.js';
import { equalBytes } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';
import { MalformedError } from '../../pin/malformed.ts';
import type { Random } from '../../ports.ts';
import { frostIdentifier, identifierNumber } from './identifier.ts';
import type { WalletParties } from './parties.ts';
import { isProofGood } from './proof-of-knowledge.ts';
import type { WalletPackage } from './wallet-package.ts';

/** What a participant tells everybody in round 1. */
export interface Round1Package {
  readonly identifier: number;
  /** `min` points, 32 bytes each. */
  readonly commitment: readonly Uint8Array[];
  /** Proof that the sender knows its constant term, 64 bytes. */
  readonly proof: Uint8Array;
}

/** What a participant tells one other in round 2: a scalar, 32 bytes. All of them together are the key. */
export interface Round2Share {
  readonly from: number;
  readonly share: Secret<Uint8Array>;
}

/** A participant's share of a key, 32 bytes: a canonical scalar, little-endian. */
export interface KeyShare {
  readonly identifier: number;
  readonly share: Secret<Uint8Array>;
}

/** A message or package of another participant does not verify. */
export class CheatError extends Error {
  override readonly name = 'CheatError';
  readonly identifier: number;
  constructor(identifier: number) {
    super(`participant ${identifier} sent what does not verify`);
    this.identifier = identifier;
  }
}

/**
 * One participant of a distributed key generation (Komlo and Goldberg, "FROST", figure 1, in the split rounds of frost-rs), in memory only. It ends with
 * `finish` or `erase`; a participant that lost it takes part in another ceremony.
 */
export interface KeyGeneration {
  readonly round1: Round1Package;
  /**
   * The shares for the others, by identifier. The same packages give the same shares, others are refused.
   * @throws {CheatError} a package that does not verify, `MalformedError` a list that is not of all participants, each once, with our own as we made it
   */
  exchange(packages: readonly Round1Package[]): ReadonlyMap<number, Secret<Uint8Array>>;
  /**
   * @param shares of all others, each once
   * @throws {CheatError} a share that is not the one its sender committed to, `MalformedError` a list that is not of all others or came before `exchange`
   */
  finish(shares: readonly Round2Share[]): {
    readonly key: KeyShare;
    readonly public: Pick<WalletPackage, 'min' | 'max' | 'commitments' | 'verifyingShares'>;
  };
  erase(): void;
}

/** @param random of the library's rejection-free sampling, 48 bytes for a scalar */
export function beginKeyGeneration(
  { min, max }: Pick<WalletParties, 'min' | 'max'>,
  identifier: number,
  random: Random,
): KeyGeneration {
  const begun = ed25519_FROST.DKG.round1(
    frostIdentifier(identifier),
    { min, max },
    undefined,
    (lengthBytes) => random(lengthBytes ?? 32),
  );
  const secret: DKG_Secret = begun.secret;
  const round1 = {
    identifier,
    commitment: begun.public.commitment,
    proof: begun.public.proofOfKnowledge,
  };
  let others: readonly Round1Package[] | null = null;
  return {
    round1,
    exchange(packages) {
      const sorted = sortedParticipants(packages, max);
      if (!isSamePackage(sorted[identifier - 1] as Round1Package, round1))
        throw new MalformedError('round 1 has another package of this participant');
      const theirs = sorted.filter((each) => each.identifier !== identifier);
      const shares = orNameCheater(
        () => ed25519_FROST.DKG.round2(secret, theirs.map(toLibrary)),
        () => theirs.find((each) => !isRound1Good(each, min))?.identifier,
      );
      others = theirs;
      return new Map(
        Object.entries(shares).map(([to, { signingShare }]) => [
          identifierNumber(to),
          new Secret(signingShare),
        ]),
      );
    },
    finish(shares) {
      if (others === null) throw new MalformedError('round 2 was not made yet');
      const packages = others;
      const ordered = packages.map(({ identifier: from }) => shareFrom(shares, from));
      if (shares.length !== packages.length)
        throw new MalformedError('not a share of each other participant');
      const made = orNameCheater(
        () => ed25519_FROST.DKG.round3(secret, packages.map(toLibrary), ordered),
        () =>
          packages.find(
            (each, index) => !isShareOf(each, identifier, ordered[index]?.signingShare, { min, max }),
          )?.identifier,
      );
      return {
        key: { identifier, share: new Secret(made.secret.signingShare) },
        public: {
          min,
          max,
          commitments: made.public.commitments,
          verifyingShares: Array.from({ length: max }, (_, index) => {
            const point = made.public.verifyingShares[frostIdentifier(index + 1)];
            if (point === undefined) throw new Error('the library left a participant out');
            return point;
          }),
        },
      };
    },
    erase: () => ed25519_FROST.DKG.clean(secret),
  };
}

/** Whether a package of round 1 has the right number of commitments and proves its constant term. */
export function isRound1Good({ identifier, commitment, proof }: Round1Package, min: number): boolean {
  return commitment.length === min && isProofGood(identifier, commitment, proof);
}

/** The library checks everything and does not say who failed: that is looked for only then. @throws {CheatError} */
function orNameCheater<T>(run: () => T, cheater: () => number | undefined): T {
  try {
    return run();
  } catch (error) {
    const identifier = cheater();
    throw identifier === undefined ? error : new CheatError(identifier);
  }
}

/** @throws {MalformedError} none from this sender */
function shareFrom(shares: readonly Round2Share[], from: number): DKG_Round2 {
  const found = shares.find((each) => each.from === from);
  if (found === undefined) throw new MalformedError('not a share of each other participant');
  return { identifier: frostIdentifier(from), signingShare: Uint8Array.from(found.share.reveal()) };
}

/** Figure 1, round 2 step 2: the share is the value of the committed polynomial at the receiver's identifier. */
function isShareOf(
  sender: Round1Package,
  receiver: number,
  share: Uint8Array | undefined,
  signers: { readonly min: number; readonly max: number },
): boolean {
  try {
    ed25519_FROST.validateSecret(
      { identifier: frostIdentifier(receiver), signingShare: share ?? new Uint8Array(0) },
      {
        signers,
        commitments: sender.commitment.map((point) => Uint8Array.from(point)),
        verifyingShares: {},
      },
    );
    return true;
  } catch {
    // The library throws for a share that does not fit; for us that is the answer "no".
    return false;
  }
}

/** In the order of identifiers. @throws {MalformedError} not all participants, each once */
function sortedParticipants(packages: readonly Round1Package[], max: number): readonly Round1Package[] {
  const sorted = packages.toSorted((left, right) => left.identifier - right.identifier);
  if (sorted.length !== max || sorted.some(({ identifier }, index) => identifier !== index + 1))
    throw new MalformedError('not a package of each participant');
  return sorted;
}

function isSamePackage(left: Round1Package, right: Round1Package): boolean {
  return (
    left.commitment.length === right.commitment.length &&
    left.commitment.every((point, index) => equalBytes(point, right.commitment[index] as Uint8Array)) &&
    equalBytes(left.proof, right.proof)
  );
}

function toLibrary({ identifier, commitment, proof }: Round1Package): DKG_Round1 {
  return {
    identifier: frostIdentifier(identifier),
    commitment: commitment.map((point) => Uint8Array.from(point)),
    proofOfKnowledge: Uint8Array.from(proof),
  };
}
