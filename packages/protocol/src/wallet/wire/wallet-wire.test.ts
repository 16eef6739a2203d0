import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MalformedError } from '../../pin/malformed.ts';
import { maxNamedMints, type SpendingLimits } from '../policy/limits.ts';
import { notAllowedReasons } from '../read-transfer.ts';
import { bareRefusals, type WalletAnswer } from './answers.ts';
import { decodeWalletAnswer } from './decode-answer.ts';
import { decodeWalletRequest } from './decode-request.ts';
import { encodeWalletAnswer } from './encode-answer.ts';
import { encodeWalletRequest } from './encode-request.ts';
import { maxWalletRequestBytes, type WalletRequest } from './requests.ts';

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const kind = <K extends string>(name: K) => fc.constant(name);
const timeMs = fc.maxSafeNat();
const amount = fc.bigInt(0n, 2n ** 64n - 1n);
const identifier = fc.integer({ min: 1, max: 255 });
const limits: fc.Arbitrary<SpendingLimits> = fc.record({
  lamports: amount,
  otherMints: amount,
  mints: fc.uniqueArray(fc.record({ mint: octets(32), amount }), {
    maxLength: 4,
    selector: ({ mint }) => mint.join(),
  }),
});
const limitsState = fc.record({ limits, pending: fc.option(fc.record({ limits, fromMs: timeMs })) });
const order = fc.record({ timeMs, signature: octets(64) });
const commitment = fc.record({ identifier, hiding: octets(32), binding: octets(32) });
const attempt = {
  wallet: octets(32),
  epoch: fc.nat(),
  intent: octets(16),
  attempt: fc.integer({ min: 1, max: 1_000_000 }),
};
const round1 = fc.record({
  identifier,
  commitment: fc.array(octets(32), { maxLength: 8 }),
  proof: octets(64),
});
const request: fc.Arbitrary<WalletRequest> = fc.oneof(
  fc.record({ kind: kind('WalletStatus') }),
  fc.record({
    kind: kind('DkgBegin'),
    ceremony: octets(16),
    nodeSetHash: octets(32),
    clientKey: octets(32),
  }),
  fc.record({ kind: kind('DkgExchange'), ceremony: octets(16), round1: fc.array(round1, { maxLength: 11 }) }),
  fc.record({
    kind: kind('DkgFinish'),
    ceremony: octets(16),
    messages: fc.array(
      fc.record({ from: identifier, sealed: octets(80), signature: fc.option(octets(64)) }),
      { maxLength: 10 },
    ),
  }),
  fc.record({
    kind: kind('CommitWallet'),
    ceremony: octets(16),
    packageHash: octets(32),
    signatures: fc.array(fc.record({ realmId: octets(16), signature: octets(64) }), { maxLength: 7 }),
    order,
  }),
  fc.record({
    kind: kind('Prepare'),
    ...attempt,
    message: fc.uint8Array({ maxLength: 1167 }),
    signers: fc.array(identifier, { maxLength: 11 }),
    expiresAtMs: timeMs,
  }),
  fc.record({
    kind: kind('Share'),
    ...attempt,
    commitments: fc.array(commitment, { maxLength: 11 }),
    auth: fc.record({
      key: fc.constantFrom('pin' as const, 'pay' as const),
      expiresAtMs: timeMs,
      signature: octets(64),
    }),
  }),
  fc.record({ kind: kind('BeginExport'), order }),
  fc.record({ kind: kind('CancelExport') }),
  fc.record({ kind: kind('ExportShare'), clientKey: octets(32), order }),
  fc.record({ kind: kind('ApproveDevice'), device: octets(32), order }),
  fc.record({ kind: kind('SetLimits'), limits, order }),
  fc.record({
    kind: kind('SetPayAuth'),
    key: fc.option(octets(32)),
    windowMs: fc.nat(86_400_000),
    order: fc.option(order),
  }),
  fc.record({ kind: kind('DeleteWallet'), order }),
);
const everyKind = [
  'WalletStatus',
  'DkgBegin',
  'DkgExchange',
  'DkgFinish',
  'CommitWallet',
  'Prepare',
  'Share',
  'ApproveDevice',
  'SetLimits',
  'SetPayAuth',
  'DeleteWallet',
  'BeginExport',
  'CancelExport',
  'ExportShare',
] as const satisfies readonly WalletRequest['kind'][];
const answer: fc.Arbitrary<WalletAnswer> = fc.oneof(
  fc.record({
    kind: kind('WalletStatus'),
    outcome: kind('Ok'),
    wallet: fc.option(fc.record({ publicKey: octets(32), epoch: fc.nat(), packageHash: octets(32) })),
    staged: fc.array(octets(16), { maxLength: 4 }),
    holdUntilMs: fc.option(timeMs),
    approved: fc.array(octets(32), { maxLength: 4 }),
    limits: limitsState,
    pay: fc.option(fc.record({ key: octets(32), windowMs: fc.nat() })),
    exporting: fc.option(fc.record({ device: octets(32), fromMs: timeMs })),
  }),
  fc.record({
    kind: kind('DkgBegin'),
    outcome: kind('Ok'),
    commitment: fc.array(octets(32), { maxLength: 8 }),
    proof: octets(64),
  }),
  fc.record({
    kind: kind('DkgExchange'),
    outcome: kind('Ok'),
    messages: fc.array(fc.record({ to: identifier, sealed: octets(80), signature: octets(64) }), {
      maxLength: 10,
    }),
  }),
  fc.record({ kind: kind('DkgFinish'), outcome: kind('Ok'), packageHash: octets(32), signature: octets(64) }),
  fc.record({ kind: kind('Prepare'), outcome: kind('Ok'), hiding: octets(32), binding: octets(32) }),
  fc.record({ kind: kind('Share'), outcome: kind('Ok'), share: octets(32) }),
  fc.record({ kind: kind('SetLimits'), outcome: kind('Ok'), limits: limitsState }),
  fc.record({ kind: kind('BeginExport'), outcome: kind('Ok'), fromMs: timeMs }),
  fc.record({ kind: kind('ExportShare'), outcome: kind('Ok'), sealed: octets(80) }),
  fc.record({
    kind: fc.constantFrom('CommitWallet', 'ApproveDevice', 'SetPayAuth', 'DeleteWallet', 'CancelExport'),
    outcome: kind('Ok'),
  }),
  fc.record({ kind: fc.constantFrom(...everyKind), outcome: fc.constantFrom(...bareRefusals) }),
  fc.record({ kind: fc.constantFrom(...everyKind), outcome: kind('OnHold'), untilMs: timeMs }),
  fc.record({
    kind: fc.constantFrom(...everyKind),
    outcome: kind('OverLimit'),
    mint: fc.option(octets(32)),
    limit: amount,
    spent: amount,
    freeAtMs: timeMs,
  }),
  fc.record({
    kind: fc.constantFrom(...everyKind),
    outcome: kind('NotAllowed'),
    why: fc.constantFrom(...notAllowedReasons),
  }),
  fc.record({ kind: fc.constantFrom(...everyKind), outcome: kind('Cheat'), identifier }),
  fc.record({ kind: fc.constantFrom(...everyKind), outcome: kind('TooMany'), freeAtMs: timeMs }),
  fc.record({ kind: fc.constantFrom(...everyKind), outcome: kind('TooEarly'), fromMs: timeMs }),
);

describe('wallet requests', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(request, (sent) => {
        expect(decodeWalletRequest(encodeWalletRequest(sent))).toEqual(sent);
      }),
    );
  });

  test('the largest ceremony that is planned for fits', () => {
    const commitment = Array.from({ length: 8 }, () => new Uint8Array(32));
    const round1 = Array.from({ length: 11 }, (_, index) => ({
      identifier: index + 1,
      commitment,
      proof: new Uint8Array(64),
    }));
    const largest = encodeWalletRequest({ kind: 'DkgExchange', ceremony: new Uint8Array(16), round1 });
    expect(largest.length).toBeLessThan(maxWalletRequestBytes / 2);
  });

  test('an unknown member, a wrong length, a mint named twice or one name too many is malformed', () => {
    const sealed = new Uint8Array(80);
    const ceremony = new Uint8Array(16);
    const limit = { mint: new Uint8Array(32), amount: new Uint8Array(8) };
    const limits = (mints: unknown[]) => ({
      SetLimits: {
        limits: { lamports: new Uint8Array(8), mints, other_mints: new Uint8Array(8) },
        order: { time_ms: 1, signature: new Uint8Array(64) },
      },
    });
    for (const value of [
      'Prepare',
      'toString',
      { WalletStatus: {} },
      { Unknown: {} },
      { DkgBegin: { ceremony, node_set_hash: new Uint8Array(32), client_key: new Uint8Array(32), more: 1 } },
      { DkgBegin: { ceremony, node_set_hash: new Uint8Array(31), client_key: new Uint8Array(32) } },
      { DkgFinish: { ceremony, messages: [{ from: 0, sealed, signature: null }] } },
      { DkgFinish: { ceremony, messages: [{ from: 1.5, sealed, signature: null }] } },
      limits([limit, limit]),
      limits(
        Array.from({ length: maxNamedMints + 1 }, (_, fill) => ({
          ...limit,
          mint: new Uint8Array(32).fill(fill),
        })),
      ),
    ])
      expect(() => decodeWalletRequest(Uint8Array.from(encode(value)))).toThrow(MalformedError);
    expect(decodeWalletRequest(Uint8Array.from(encode(limits([limit])))).kind).toBe('SetLimits');
  });

  test('whatever bytes come, nothing but "malformed" is thrown', () => {
    const mutated = fc
      .tuple(request, fc.nat(400), fc.nat(255))
      .map(([sent, offset, value]) =>
        encodeWalletRequest(sent).map((byte, index) => (index === offset ? value : byte)),
      );
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        try {
          decodeWalletRequest(Uint8Array.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('wallet answers', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(answer, (sent) => {
        expect(decodeWalletAnswer(encodeWalletAnswer(sent), sent.kind)).toEqual(sent);
      }),
      { numRuns: 300 },
    );
  });

  test('to another request, or with words nobody knows, are malformed', () => {
    const share = encodeWalletAnswer({ kind: 'Share', outcome: 'Gone' });
    expect(() => decodeWalletAnswer(share, 'Prepare')).toThrow(MalformedError);
    for (const value of [{ Share: 'Later' }, { Share: 'Ok' }, { Share: { Later: {} } }])
      expect(() => decodeWalletAnswer(Uint8Array.from(encode(value)), 'Share')).toThrow(MalformedError);
  });
});
