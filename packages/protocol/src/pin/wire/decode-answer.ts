import { MalformedError } from '../malformed.ts';
import { type BucketName, isBucketName } from '../node-set.ts';
import type { AnswerTo, Budget, HeldVersion, NodeAnswer, Recover2Ok, Recover3Ok } from './answers.ts';
import { decodeCbor, decodeVariant } from './cbor.ts';
import { attemptEntriesFromCbor, logHeadFromCbor } from './log-entries.ts';
import { type Members, readMembers } from './members.ts';
import { pinLengths, signedPublicKeyFromCbor } from './registration.ts';
import { rightPinMarkIn } from './right-pin-mark.ts';

/** Outcomes without content, by request. */
const bareOutcomes: Readonly<Record<NodeAnswer['kind'], readonly string[]>> = {
  Register1: ['Ok'],
  Register2: ['Ok'],
  Delete: ['Ok'],
  Recover1: ['NotRegistered', 'NoGuesses'],
  Recover2: ['VersionMismatch', 'NotRegistered', 'NoGuesses'],
  Recover3: ['VersionMismatch', 'NotRegistered', 'NoGuesses'],
  ListVersions: [],
  Stage: ['Ok', 'ProofRequired', 'Changed'],
  ForgetDevice: ['Ok', 'ProofRequired'],
  Commit: ['Ok', 'VersionMismatch', 'ProofRequired', 'Changed'],
  ReadLog: ['ProofRequired'],
  Vouch: ['ProofRequired'],
};

/**
 * Reads the answer to one request. Unknown members are ignored, so that a newer node can say more.
 * @param kind the request that was sent; an answer to another one is malformed
 * @throws {MalformedError}
 */
export function decodeNodeAnswer<K extends NodeAnswer['kind']>(bytes: Uint8Array, kind: K): AnswerTo<K> {
  const answered = decodeVariant(decodeCbor(bytes));
  if (answered.tag !== kind) throw new MalformedError('answer to another request');
  const { tag: outcome, content } = decodeVariant(answered.content);
  const answer =
    content === undefined
      ? bareAnswer(kind, outcome)
      : answerWithContent(kind, outcome, readMembers(content));
  // The kind is the one asked for by construction; the compiler cannot follow a union through a type parameter.
  return answer as AnswerTo<K>;
}

function bareAnswer(kind: NodeAnswer['kind'], outcome: string): NodeAnswer {
  if (!bareOutcomes[kind].includes(outcome)) throw new MalformedError('unknown outcome');
  return { kind, outcome } as NodeAnswer;
}

function answerWithContent(kind: NodeAnswer['kind'], outcome: string, content: Members): NodeAnswer {
  if (outcome === 'Ok') {
    if (kind === 'Recover1') return { kind, outcome, version: content.bytes('version', pinLengths.version) };
    if (kind === 'Recover2') return recover2Ok(content);
    if (kind === 'Recover3') return recover3Ok(content);
    if (kind === 'ListVersions')
      return { kind, outcome, versions: heldVersions(content.value('versions')), ...rightPinMarkIn(content) };
    if (kind === 'Vouch')
      return {
        kind,
        outcome,
        version: content.bytes('version', pinLengths.version),
        pinAuthKey: content.bytesOrNull('pin_auth_key', pinLengths.deviceKey),
        timeMs: content.integer('time_ms'),
        signature: content.bytes('signature', pinLengths.signature),
      };
    if (kind === 'ReadLog')
      return {
        kind,
        outcome,
        entries: attemptEntriesFromCbor(content.value('entries')),
        head: logHeadFromCbor(content.value('head')),
      };
  }
  if (outcome === 'BadUnlockKeyTag' && (kind === 'Recover3' || kind === 'Commit'))
    return {
      kind,
      outcome,
      guessesRemaining: content.uint16('guesses_remaining'),
      budget: optionalBudget(content),
    };
  if (outcome === 'Locked' && kind === 'Recover2')
    return { kind, outcome, bucket: bucketName(content), retryAfterMs: content.integer('retry_after_ms') };
  throw new MalformedError('unknown outcome');
}

function recover2Ok(content: Members): Recover2Ok {
  const proof = readMembers(content.value('oprf_proof'));
  return {
    kind: 'Recover2',
    outcome: 'Ok',
    oprfSignedPublicKey: signedPublicKeyFromCbor(content.value('oprf_signed_public_key'), 'lenient'),
    blindedResult: content.bytes('oprf_blinded_result', pinLengths.point),
    proof: { c: proof.bytes('c', pinLengths.scalar), betaZ: proof.bytes('beta_z', pinLengths.scalar) },
    unlockKeyCommitment: content.bytes('unlock_key_commitment', pinLengths.unlockKeyCommitment),
    numGuesses: content.uint16('num_guesses'),
    guessCount: content.uint16('guess_count'),
    budget: optionalBudget(content),
  };
}

function recover3Ok(content: Members): Recover3Ok {
  return {
    kind: 'Recover3',
    outcome: 'Ok',
    encryptionKeyScalarShare: content.bytes('encryption_key_scalar_share', pinLengths.scalar),
    encryptedSecret: content.bytes('encrypted_secret', pinLengths.encryptedSecret),
    encryptedSecretCommitment: content.bytes(
      'encrypted_secret_commitment',
      pinLengths.encryptedSecretCommitment,
    ),
    ...rightPinMarkIn(content),
  };
}

function heldVersions(value: unknown): HeldVersion[] {
  if (!Array.isArray(value)) throw new MalformedError('versions: not an array');
  return value.map((item) => {
    const members = readMembers(item);
    const state = members.text('state');
    if (state !== 'committed' && state !== 'staged') throw new MalformedError('state: unknown');
    return {
      version: members.bytes('version', pinLengths.version),
      state,
      nodeSetHash: members.bytesOrNull('node_set_hash', pinLengths.nodeSetHash),
    };
  });
}

function optionalBudget(content: Members): Budget | null {
  if (!content.has('budget')) return null;
  const members = readMembers(content.value('budget'));
  return {
    bucket: bucketName(members),
    limit: members.integer('limit'),
    spent: members.integer('spent'),
    lockedUntilMs: members.integerOrNull('locked_until_ms'),
  };
}

function bucketName(members: Members): BucketName {
  const name = members.text('bucket');
  if (!isBucketName(name)) throw new MalformedError('bucket: unknown');
  return name;
}
