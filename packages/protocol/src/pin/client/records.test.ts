import { seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';
import { toHex } from '../../encoding/text.ts';
import type { Registration } from '../wire/registration.ts';
import { proveDleq } from './dleq.ts';
import { type Evaluation, isGenuineEvaluation, judgeGuess } from './judge-guess.ts';
import { makeNodeRecords } from './make-records.ts';
import { nodeIndices } from './node-index.ts';
import { isGenuineRelease, openSecret } from './open-secret.ts';
import { blindInput, evaluateBlinded } from './oprf.ts';
import { pinHashInput, pinHashParameters, stretchedPinOf } from './pin-hash.ts';

const random = seededRandom('20');
const stretched = (digits: number) => stretchedPinOf(new Secret(new Uint8Array(64).fill(digits)));
const realmIds = Array.from({ length: 5 }, () => toHex(random(16)));
const indices = nodeIndices(realmIds);
const threshold = 3;
const secret = new Secret(random(32));
const records = (version: number) =>
  makeNodeRecords(
    {
      version: new Uint8Array(16).fill(version),
      stretchedPin: stretched(1),
      secret,
      realmIds,
      threshold,
    },
    random,
  );
const made = records(1);

function evaluate(record: Registration, blindedInput: Uint8Array): Evaluation {
  const { publicKey } = record.oprfSignedPublicKey;
  const privateKey = new Secret(record.oprfPrivateKey);
  const blindedResult = evaluateBlinded(privateKey, blindedInput);
  return {
    oprfSignedPublicKey: record.oprfSignedPublicKey,
    blindedResult,
    proof: proveDleq(privateKey, { blindedInput, publicKey, blindedResult }, random),
    unlockKeyCommitment: record.unlockKeyCommitment,
  };
}

function guessOf(pin: ReturnType<typeof stretched>) {
  return { accessKey: pin.accessKey, ...blindInput(pin.accessKey, random) };
}

/** Asks the named nodes, as a client would. */
function guessAt(nodes: ReadonlyMap<string, Registration>, pin: ReturnType<typeof stretched>) {
  const guess = guessOf(pin);
  const answers = new Map([...nodes].map(([id, record]) => [id, evaluate(record, guess.blindedInput)]));
  return judgeGuess(guess, answers, indices, threshold);
}

const pick = (ids: readonly string[], from = made) =>
  new Map(ids.map((id) => [id, from.get(id) as Registration]));
const someNodes = fc.shuffledSubarray(realmIds, { minLength: threshold });

describe('records of a PIN', () => {
  test('any threshold of the nodes prove the right PIN and open the secret', () => {
    fc.assert(
      fc.property(someNodes, (ids) => {
        const verdict = guessAt(pick(ids), stretched(1));
        if (verdict.verdict !== 'right') throw new Error(verdict.verdict);
        const { key } = verdict.unlockKey;
        for (const [id, record] of made) expect(isGenuineRelease(id, key, record)).toBe(true);
        const opened = openSecret(stretched(1).encryptionKeySeed, pick(ids), indices, threshold);
        expect(opened?.reveal()).toEqual(secret.reveal());
      }),
      { numRuns: 12 },
    );
  });

  test('another PIN is wrong at every threshold of the nodes', () => {
    fc.assert(
      fc.property(someNodes, fc.integer({ min: 2, max: 255 }), (ids, digits) => {
        expect(guessAt(pick(ids), stretched(digits)).verdict).toBe('wrong');
      }),
      { numRuns: 12 },
    );
  });

  test('fewer nodes than the threshold decide nothing', () => {
    expect(guessAt(pick(realmIds.slice(0, 2)), stretched(1)).verdict).toBe('undecided');
    expect(openSecret(stretched(1).encryptionKeySeed, pick(realmIds.slice(0, 2)), indices, threshold)).toBe(
      null,
    );
  });

  test('nodes that answer for another record are left out of the decision', () => {
    const mixed = new Map([...pick(realmIds.slice(0, 2), records(2)), ...pick(realmIds.slice(2))]);
    expect(guessAt(mixed, stretched(1)).verdict).toBe('right');
  });

  test('an evaluation under another key, for another node or another input is not genuine', () => {
    const [first, second] = realmIds as [string, string];
    const { blindedInput } = guessOf(stretched(1));
    const own = evaluate(made.get(first) as Registration, blindedInput);
    const foreign = evaluate(made.get(second) as Registration, blindedInput);
    expect(isGenuineEvaluation(first, blindedInput, own)).toBe(true);
    expect(isGenuineEvaluation(second, blindedInput, own)).toBe(false);
    expect(isGenuineEvaluation(first, guessOf(stretched(1)).blindedInput, own)).toBe(false);
    const { blindedResult, proof } = foreign;
    expect(isGenuineEvaluation(first, blindedInput, { ...own, blindedResult, proof })).toBe(false);
  });

  test('a released share, ciphertext or commitment that was changed is not genuine', () => {
    const verdict = guessAt(made, stretched(1));
    if (verdict.verdict !== 'right') throw new Error(verdict.verdict);
    const { key } = verdict.unlockKey;
    const [id, other] = realmIds as [string, string];
    const [record, foreign] = [made.get(id), made.get(other)] as [Registration, Registration];
    const { encryptionKeyScalarShare, encryptedSecretCommitment } = foreign;
    expect(isGenuineRelease(id, key, { ...record, encryptionKeyScalarShare })).toBe(false);
    expect(isGenuineRelease(id, key, { ...record, encryptedSecretCommitment })).toBe(false);
    const encryptedSecret = Uint8Array.from(record.encryptedSecret).fill(0, 0, 1);
    expect(isGenuineRelease(id, key, { ...record, encryptedSecret })).toBe(false);
  });

  test('the ciphertext has 145 bytes whatever the secret, and 129 bytes of secret are refused', () => {
    const input = (lengthBytes: number) => ({
      version: new Uint8Array(16),
      stretchedPin: stretched(1),
      secret: new Secret(new Uint8Array(lengthBytes)),
      realmIds,
      threshold,
    });
    for (const lengthBytes of [0, 32, 128])
      for (const record of makeNodeRecords(input(lengthBytes), random).values())
        expect(record.encryptedSecret).toHaveLength(145);
    expect(() => makeNodeRecords(input(129), random)).toThrow(RangeError);
  });

  test('a share index is the 1-based place of the realm id in byte order, and ids are unique', () => {
    const sorted = [...realmIds].sort();
    for (const [id, index] of indices) expect(sorted[index - 1]).toBe(id);
    expect(() => nodeIndices(['00', '00'])).toThrow(RangeError);
  });
});

describe('PIN hash', () => {
  test('the parameters are those of Standard2019', () => {
    expect(pinHashParameters).toEqual({
      memoryKiB: 16_384,
      iterations: 32,
      parallelism: 1,
      lengthBytes: 64,
    });
  });

  test('the salt binds the record version and the account, each behind its length', () => {
    const { password, salt } = pinHashInput(new Secret('1234'), new Uint8Array(16).fill(5), 'artemis');
    expect(password.reveal()).toEqual(utf8('1234'));
    expect(toHex(salt)).toBe(`00000010${'05'.repeat(16)}00000007${toHex(utf8('artemis'))}`);
  });

  test('a hash of another length is refused', () => {
    expect(() => stretchedPinOf(new Secret(new Uint8Array(63)))).toThrow(RangeError);
  });
});
