import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../encoding/text.ts';
import { attemptOperations, attemptOutcomes } from '../attempt-log/attempt-entry.ts';
import { MalformedError } from '../malformed.ts';
import type { NodeAnswer } from './answers.ts';
import { decodeNodeAnswer } from './decode-answer.ts';
import { encodeNodeAnswer } from './encode-answer.ts';
import type { Registration } from './registration.ts';
import { decodeNodeRequest, encodeNodeRequest, maxRequestBytes, type NodeRequest } from './requests.ts';

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const signedPublicKey = fc.record({
  publicKey: octets(32),
  verifyingKey: octets(32),
  signature: octets(64),
});
const registration: fc.Arbitrary<Registration> = fc.record({
  version: octets(16),
  oprfPrivateKey: octets(32),
  oprfSignedPublicKey: signedPublicKey,
  unlockKeyCommitment: octets(32),
  unlockKeyTag: octets(16),
  encryptionKeyScalarShare: octets(32),
  encryptedSecret: octets(145),
  encryptedSecretCommitment: octets(16),
  policyNumGuesses: fc.nat(0xffff),
});
const request: fc.Arbitrary<NodeRequest> = fc.oneof(
  fc.record({ kind: fc.constantFrom('Register1', 'Recover1', 'Delete', 'ListVersions', 'Vouch') }),
  fc.record({ kind: fc.constant('Register2' as const), registration }),
  fc.record({ kind: fc.constant('Recover2' as const), version: octets(16), blindedInput: octets(32) }),
  fc.record({ kind: fc.constantFrom('Recover3', 'Commit'), version: octets(16), unlockKeyTag: octets(16) }),
  fc.record({
    kind: fc.constant('Commit' as const),
    version: octets(16),
    unlockKeyTag: octets(16),
    rightPinMark: fc.option(octets(8)),
  }),
  fc.record({
    kind: fc.constant('Stage' as const),
    registration,
    nodeSetHash: octets(32),
    loginKey: fc.option(octets(32)),
  }),
  fc.record(
    {
      kind: fc.constant('Stage' as const),
      registration,
      nodeSetHash: octets(32),
      loginKey: fc.option(octets(32)),
      pinAuthKey: fc.option(octets(32)),
      handover: octets(64),
      vouchers: fc.record({
        version: octets(16),
        pinAuthKey: fc.option(octets(32)),
        vouchers: fc.array(
          fc.record({ realmId: octets(16), timeMs: fc.maxSafeNat(), signature: octets(64) }),
          { maxLength: 7 },
        ),
      }),
      replaces: fc.record({ committed: fc.option(octets(16)), staged: fc.option(octets(16)) }),
      rightPinMark: fc.option(octets(8)),
    },
    { requiredKeys: ['kind', 'registration', 'nodeSetHash', 'loginKey'] },
  ),
  fc.record({ kind: fc.constant('ReadLog' as const), afterSequence: fc.maxSafeNat() }),
  fc.record({ kind: fc.constant('ForgetDevice' as const), device: octets(32) }),
);
const budget = fc.option(
  fc.record({
    bucket: fc.constantFrom('provenDevice', 'words', 'newDevice'),
    limit: fc.nat(1000),
    spent: fc.nat(1000),
    lockedUntilMs: fc.option(fc.maxSafeNat()),
  }),
);
const answer: fc.Arbitrary<NodeAnswer> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('Register1', 'Register2', 'Delete'),
    outcome: fc.constant('Ok' as const),
  }),
  fc.record({
    kind: fc.constant('Recover1' as const),
    outcome: fc.constant('Ok' as const),
    version: octets(16),
  }),
  fc.record({
    kind: fc.constant('Recover2' as const),
    outcome: fc.constant('Ok' as const),
    oprfSignedPublicKey: signedPublicKey,
    blindedResult: octets(32),
    proof: fc.record({ c: octets(32), betaZ: octets(32) }),
    unlockKeyCommitment: octets(32),
    numGuesses: fc.nat(0xffff),
    guessCount: fc.nat(0xffff),
    budget,
  }),
  fc.record(
    {
      kind: fc.constant('Recover3' as const),
      outcome: fc.constant('Ok' as const),
      encryptionKeyScalarShare: octets(32),
      encryptedSecret: octets(145),
      encryptedSecretCommitment: octets(16),
      rightPinMark: fc.option(octets(8)),
    },
    {
      requiredKeys: [
        'kind',
        'outcome',
        'encryptionKeyScalarShare',
        'encryptedSecret',
        'encryptedSecretCommitment',
      ],
    },
  ),
  fc.record({
    kind: fc.constantFrom('Recover3', 'Commit'),
    outcome: fc.constant('BadUnlockKeyTag' as const),
    guessesRemaining: fc.nat(0xffff),
    budget,
  }),
  fc.record({
    kind: fc.constant('Recover2' as const),
    outcome: fc.constant('Locked' as const),
    bucket: fc.constantFrom('provenDevice', 'words', 'newDevice'),
    retryAfterMs: fc.maxSafeNat(),
  }),
  fc.record({
    kind: fc.constantFrom('Recover2', 'Recover3'),
    outcome: fc.constantFrom('VersionMismatch', 'NotRegistered', 'NoGuesses'),
  }),
  fc.record(
    {
      kind: fc.constant('ListVersions' as const),
      outcome: fc.constant('Ok' as const),
      versions: fc.array(
        fc.record({
          version: octets(16),
          state: fc.constantFrom('committed', 'staged'),
          nodeSetHash: fc.option(octets(32)),
        }),
        { maxLength: 2 },
      ),
      rightPinMark: fc.option(octets(8)),
    },
    { requiredKeys: ['kind', 'outcome', 'versions'] },
  ),
  fc.record({
    kind: fc.constant('Stage' as const),
    outcome: fc.constantFrom('Ok', 'ProofRequired', 'Changed'),
  }),
  fc.record({
    kind: fc.constant('ForgetDevice' as const),
    outcome: fc.constantFrom('Ok', 'ProofRequired'),
  }),
  fc.record({
    kind: fc.constant('Commit' as const),
    outcome: fc.constantFrom('Ok', 'VersionMismatch', 'ProofRequired', 'Changed'),
  }),
  fc.record({ kind: fc.constantFrom('ReadLog', 'Vouch'), outcome: fc.constant('ProofRequired' as const) }),
  fc.record({
    kind: fc.constant('Vouch' as const),
    outcome: fc.constant('Ok' as const),
    version: octets(16),
    pinAuthKey: fc.option(octets(32)),
    timeMs: fc.maxSafeNat(),
    signature: octets(64),
  }),
  fc.record({
    kind: fc.constant('ReadLog' as const),
    outcome: fc.constant('Ok' as const),
    entries: fc.array(
      fc.record({
        sequence: fc.maxSafeNat(),
        timeMs: fc.maxSafeNat(),
        bucket: fc.option(fc.constantFrom('provenDevice', 'words', 'newDevice')),
        device: fc.option(octets(32)),
        operation: fc.constantFrom(...attemptOperations),
        outcome: fc.constantFrom(...attemptOutcomes),
        previousHash: octets(32),
      }),
      { maxLength: 3 },
    ),
    head: fc.record({ sequence: fc.maxSafeNat(), hash: octets(32), signature: octets(64) }),
  }),
);

describe('requests', () => {
  test('every request decodes to what was encoded and fits a node', () => {
    fc.assert(
      fc.property(request, (sent) => {
        const bytes = encodeNodeRequest(sent);
        expect(bytes.length).toBeLessThanOrEqual(maxRequestBytes);
        expect(decodeNodeRequest(bytes)).toEqual(sent);
      }),
    );
  });

  test('a request looks as the Juicebox client writes it', () => {
    expect(toHex(encodeNodeRequest({ kind: 'Recover1' }))).toBe('685265636f76657231');
    const recover3 = encodeNodeRequest({
      kind: 'Recover3',
      version: new Uint8Array(16).fill(1),
      unlockKeyTag: new Uint8Array(16).fill(2),
    });
    expect(toHex(recover3)).toBe(
      `a1685265636f76657233a26776657273696f6e50${'01'.repeat(16)}6e756e6c6f636b5f6b65795f74616750${'02'.repeat(16)}`,
    );
  });

  test('arbitrary bytes are refused as malformed, never with another error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => decodeNodeRequest(bytes)).toThrow(MalformedError);
      }),
    );
  });

  test('a request with one byte more, one byte less or a changed head is malformed or another valid request', () => {
    fc.assert(
      fc.property(request, fc.nat(), fc.nat(255), (sent, position, value) => {
        const bytes = encodeNodeRequest(sent);
        expect(() => decodeNodeRequest(bytes.subarray(0, -1))).toThrow(MalformedError);
        expect(() => decodeNodeRequest(Uint8Array.of(...bytes, 0))).toThrow(MalformedError);
        const changed = Uint8Array.from(bytes);
        changed[position % bytes.length] = value;
        try {
          expect(encodeNodeRequest(decodeNodeRequest(changed))).toHaveLength(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
        }
      }),
    );
  });

  test.each([
    ['an unknown variant', encode({ Recover4: {} })],
    [
      'an unknown member',
      encode({ Recover2: { version: new Uint8Array(16), oprf_blinded_input: new Uint8Array(32), more: 1 } }),
    ],
    ['a missing member', encode({ Recover2: { version: new Uint8Array(16) } })],
    ['content where none belongs', encode({ Delete: {} })],
    ['a bare text where content belongs', encode('Recover2')],
    ['two variants', encode({ Recover1: null, Delete: null })],
    [
      'a short version',
      encode({ Recover3: { version: new Uint8Array(15), unlock_key_tag: new Uint8Array(16) } }),
    ],
    ['a length in a longer form', Uint8Array.of(0x78, 8, ...encode('Recover1').subarray(1))],
    ['a text of indefinite length', Uint8Array.of(0x7f, ...encode('Recover1'), 0xff)],
  ])('%s is malformed', (_, bytes) => {
    expect(() => decodeNodeRequest(bytes)).toThrow(MalformedError);
  });
});

describe('answers', () => {
  test('every answer decodes to what was encoded', () => {
    fc.assert(
      fc.property(answer, (sent) => {
        expect(decodeNodeAnswer(encodeNodeAnswer(sent), sent.kind)).toEqual(sent);
      }),
    );
  });

  test('an answer to another request is malformed', () => {
    const bytes = encodeNodeAnswer({ kind: 'Register1', outcome: 'Ok' });
    expect(() => decodeNodeAnswer(bytes, 'Register2')).toThrow(MalformedError);
  });

  test('members that a newer node adds are ignored', () => {
    const bytes = encode({ Recover1: { Ok: { version: new Uint8Array(16), later: 'more' } } });
    expect(decodeNodeAnswer(bytes, 'Recover1')).toEqual({
      kind: 'Recover1',
      outcome: 'Ok',
      version: new Uint8Array(16),
    });
  });

  test('an answer without a budget has no such member, for clients that know none', () => {
    const bytes = encodeNodeAnswer({
      kind: 'Recover3',
      outcome: 'BadUnlockKeyTag',
      guessesRemaining: 4,
      budget: null,
    });
    expect(bytes).toEqual(encode({ Recover3: { BadUnlockKeyTag: { guesses_remaining: 4 } } }));
  });

  test('arbitrary bytes are malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => decodeNodeAnswer(bytes, 'Recover2')).toThrow(MalformedError);
      }),
    );
  });

  test.each([
    ['an unknown outcome', encode({ Recover1: 'Perhaps' })],
    ['an outcome of another request', encode({ Recover1: 'VersionMismatch' })],
    ['an Ok without its content', encode({ Recover1: 'Ok' })],
  ])('%s is malformed', (_, bytes) => {
    expect(() => decodeNodeAnswer(bytes, 'Recover1')).toThrow(MalformedError);
  });

  test.each([
    ['an unknown operation', { operation: 'transfer' }],
    ['an unknown outcome of an operation', { outcome: 'perhaps' }],
    ['an unknown bucket', { bucket: 'everybody' }],
    ['a device that is no thumbprint', { device: new Uint8Array(31) }],
  ])('a log entry with %s is malformed', (_, change) => {
    const entry = {
      sequence: 1,
      time_ms: 1,
      bucket: null,
      device: null,
      operation: 'clock',
      outcome: 'done',
      previous_hash: new Uint8Array(32),
    };
    const head = { sequence: 1, hash: new Uint8Array(32), signature: new Uint8Array(64) };
    const answerWith = (entries: unknown) => encode({ ReadLog: { Ok: { entries, head } } });
    expect(decodeNodeAnswer(answerWith([entry]), 'ReadLog')).toMatchObject({ outcome: 'Ok' });
    expect(() => decodeNodeAnswer(answerWith([{ ...entry, ...change }]), 'ReadLog')).toThrow(MalformedError);
    expect(() => decodeNodeAnswer(answerWith(null), 'ReadLog')).toThrow(MalformedError);
  });
});
