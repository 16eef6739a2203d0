import type { Budget, HeldVersion, NodeAnswer } from './answers.ts';
import { type CborMap, type CborValue, cborMap, encodeCbor } from './cbor.ts';
import { attemptEntryToCbor, logHeadToCbor } from './log-entries.ts';
import { signedPublicKeyToCbor } from './registration.ts';
import { markMember } from './right-pin-mark.ts';

export function encodeNodeAnswer(answer: NodeAnswer): Uint8Array<ArrayBuffer> {
  const content = contentOf(answer);
  const outcome: CborValue = content === null ? answer.outcome : new Map([[answer.outcome, content]]);
  return encodeCbor(new Map([[answer.kind, outcome]]));
}

function contentOf(answer: NodeAnswer): CborMap | null {
  if (answer.outcome === 'BadUnlockKeyTag')
    return cborMap({ guesses_remaining: answer.guessesRemaining, ...budgetMember(answer.budget) });
  if (answer.outcome === 'Locked')
    return cborMap({ bucket: answer.bucket, retry_after_ms: answer.retryAfterMs });
  if (answer.outcome !== 'Ok') return null;
  switch (answer.kind) {
    case 'Recover1':
      return cborMap({ version: answer.version });
    case 'Recover2':
      return cborMap({
        oprf_signed_public_key: signedPublicKeyToCbor(answer.oprfSignedPublicKey),
        oprf_blinded_result: answer.blindedResult,
        oprf_proof: cborMap({ c: answer.proof.c, beta_z: answer.proof.betaZ }),
        unlock_key_commitment: answer.unlockKeyCommitment,
        num_guesses: answer.numGuesses,
        guess_count: answer.guessCount,
        ...budgetMember(answer.budget),
      });
    case 'Recover3':
      return cborMap({
        encryption_key_scalar_share: answer.encryptionKeyScalarShare,
        encrypted_secret: answer.encryptedSecret,
        encrypted_secret_commitment: answer.encryptedSecretCommitment,
        [markMember]: answer.rightPinMark,
      });
    case 'ListVersions':
      return cborMap({
        versions: answer.versions.map(heldVersionToCbor),
        [markMember]: answer.rightPinMark,
      });
    case 'Vouch':
      return cborMap({
        version: answer.version,
        pin_auth_key: answer.pinAuthKey,
        time_ms: answer.timeMs,
        signature: answer.signature,
      });
    case 'ReadLog':
      return cborMap({ entries: answer.entries.map(attemptEntryToCbor), head: logHeadToCbor(answer.head) });
    default:
      return null;
  }
}

/** A Juicebox client never sees the member, not even as null. */
function budgetMember(budget: Budget | null): Record<string, CborValue> {
  return budget === null ? {} : { budget: budgetToCbor(budget) };
}

function budgetToCbor(budget: Budget): CborMap {
  return cborMap({
    bucket: budget.bucket,
    limit: budget.limit,
    spent: budget.spent,
    locked_until_ms: budget.lockedUntilMs,
  });
}

function heldVersionToCbor(held: HeldVersion): CborMap {
  return cborMap({ version: held.version, state: held.state, node_set_hash: held.nodeSetHash });
}
