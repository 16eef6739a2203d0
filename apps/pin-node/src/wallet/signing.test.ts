import { type KeyShare, limitsWindowMs } from '@hexkey/protocol';
import {
  littleEndian,
  solanaMessage,
  solanaPrograms,
  solTransfer,
  type TestInstruction,
} from '@hexkey/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  payee,
  refusalOf,
  type SigningStory,
  startSigningStory,
  thumbprint,
} from '../testing/signing-story.ts';
import {
  finishSignature,
  type MadeWallet,
  prepareAll,
  Refused,
  type SignOrder,
  shareRequest,
  signWithAll,
  type WalletParty,
} from '../testing/wallet-client.ts';

let story: SigningStory;
let net: SigningStory['net'];
let phone: SigningStory['phone'];
let made: SigningStory['made'];
let wallet: SigningStory['wallet'];

beforeAll(async () => {
  story = await startSigningStory('signing');
  ({ net, phone, made, wallet } = story);
});
afterAll(() => net.network.stop());
beforeEach(() => story.nextDay());

const pays: SigningStory['pays'] = (lamports) => story.pays(lamports);
const order: SigningStory['order'] = (changed) => story.order(changed);
const at: SigningStory['at'] = (identifier) => story.at(identifier);
const heldAt: SigningStory['heldAt'] = (identifier) => story.heldAt(identifier);
const isSignature: SigningStory['isSignature'] = (...given) => story.isSignature(...given);
const randomKeys: SigningStory['randomKeys'] = () => story.randomKeys();
const ordered: SigningStory['ordered'] = (...given) => story.ordered(...given);

describe('a signature', () => {
  test('of any three nodes and the client is one that plain Ed25519 verifies', async () => {
    for (const nodes of [
      [1, 2, 3],
      [2, 4, 5],
    ]) {
      const asked = order({ nodes });
      expect(isSignature(asked.message, await signWithAll(phone, made, asked))).toBe(true);
    }
  });

  test('survives a lost answer: the same requests get the same commitments and the same share, also at once', async () => {
    const asked = order();
    const round = await prepareAll(phone, made, asked);
    const again = await prepareAll(phone, { ...made, shares: [] }, asked).catch(
      (error: Error) => error.message,
    );
    // Other signers are another request.
    expect(again).toContain('400');
    const request = shareRequest(phone, made, round);
    const both = await Promise.all([phone.device.ask(at(1), request), phone.device.ask(at(1), request)]);
    expect(both[0]).toMatchObject({ outcome: 'Ok' });
    expect(both[1]).toEqual(both[0]);
    expect(await phone.device.ask(at(1), request)).toEqual(both[0]);
  });

  test('needs no token: the account server may be away', async () => {
    const asked = order();
    const ask = phone.device.ask;
    const alone: WalletParty = {
      ...phone,
      device: { keys: phone.device.keys, ask: (place, request) => ask(place, request, { tokenless: true }) },
    };
    expect(isSignature(asked.message, await signWithAll(alone, made, asked))).toBe(true);
  });
});

describe('who cannot sign', () => {
  test('the account server: a device of its own is not enrolled, whatever token it mints', async () => {
    const server = net.newDevice();
    expect(await refusalOf(prepareAll(server, made, order()))).toMatchObject({ outcome: 'PinNeeded' });
    const settings = { kind: 'ApproveDevice' as const, device: thumbprint(server) };
    expect(await ordered(server, settings, randomKeys(), [1])).toMatchObject({ outcome: 'PinNeeded' });
  });

  test('all five nodes together, with the shares they really hold', async () => {
    const shares = await Promise.all(
      [1, 2, 3, 4, 5].map(async (identifier) => (await heldAt(identifier)).key),
    );
    const message = pays(1n);
    const alone = { wallet: made.wallet, shares };
    const round = await signedAlone(alone, message);
    expect(round).toBe('the signers are not of the package');
    // They may claim that five are enough; nobody takes what comes out for a signature.
    expect(await signedAlone({ ...alone, wallet: { ...made.wallet, min: 5 } }, message)).toBe(
      'not a signature',
    );
  });

  test('the client alone with its shares, or with two nodes', async () => {
    expect(await signedAlone(made, pays(1n))).toBe('the signers are not of the package');
    expect(await signedAlone({ ...made, wallet: { ...made.wallet, min: 3 } }, pays(1n))).toBe(
      'not a signature',
    );
    const two = prepareAll(phone, made, order({ nodes: [1, 2] }));
    expect(String(await refusalOf(two))).toContain('400');
  });

  test('nodes and client without the PIN: no node gives a share for another key', async () => {
    const round = await prepareAll(phone, made, order());
    for (const identifier of round.order.nodes) {
      const request = shareRequest(phone, made, round, { by: randomKeys() });
      expect(await phone.device.ask(at(identifier), request)).toMatchObject({ outcome: 'AuthRefused' });
    }
    // What was refused cost nothing: the owner's own signature still has its share.
    expect(await phone.device.ask(at(1), shareRequest(phone, made, round))).toMatchObject({ outcome: 'Ok' });
  });

  async function signedAlone(
    who: { wallet: MadeWallet['wallet']; shares: readonly KeyShare[] },
    message: Uint8Array,
  ) {
    const asked: SignOrder = { ...order(), message, nodes: [] };
    try {
      const round = await prepareAll(phone, who, asked);
      return isSignature(message, finishSignature(who, round, [])) ? 'signed' : 'not a signature';
    } catch (error) {
      const text = (error as Error).message;
      return text.startsWith('the signers') ? text : 'not a signature';
    }
  }
});

describe('between prepare and share', () => {
  test('nothing can be altered: message, expiry, wallet, attempt, commitments, device', async () => {
    const round = await prepareAll(phone, made, order());
    const refused = async (request: Parameters<WalletParty['device']['ask']>[1], party = phone) =>
      party.device.ask(at(1), request).catch((error: Error) => ({ outcome: error.message.slice(0, 3) }));
    const right = shareRequest(phone, made, round);
    for (const changed of [
      { message: pays(6n) },
      { expiresAtMs: round.order.expiresAtMs + 1 },
      { epoch: 2 },
      { attempt: 2 },
      { intent: net.random(16) },
      { wallet: payee },
    ])
      expect(await refused(shareRequest(phone, made, round, changed))).toMatchObject({
        outcome: 'AuthRefused',
      });
    expect(await refused({ ...right, epoch: 2 })).toMatchObject({ outcome: 'OtherWallet' });
    expect(await refused({ ...right, wallet: payee })).toMatchObject({ outcome: 'OtherWallet' });
    expect(await refused({ ...right, attempt: 2 })).toMatchObject({ outcome: 'Gone' });
    expect(await refused({ ...right, intent: net.random(16) })).toMatchObject({ outcome: 'Gone' });
    const [first, second, ...rest] = round.commitments as [
      (typeof round.commitments)[0],
      (typeof round.commitments)[0],
    ];
    for (const commitments of [
      [{ ...first, hiding: second.hiding }, second, ...rest],
      [second, first, ...rest],
      [first, second, ...rest].slice(0, 5),
      [first, { ...second, identifier: 2 }, ...rest],
    ])
      expect(await refused({ ...right, commitments })).toMatchObject({ outcome: '400' });
    const tablet = net.newDevice();
    await net.prove(tablet);
    expect(await refused(right, tablet)).toMatchObject({ outcome: 'Gone' });
    expect(await refused(right)).toMatchObject({ outcome: 'Ok' });
    expect(
      await refused(
        shareRequest(phone, made, {
          ...round,
          commitments: [first, { ...second, hiding: first.hiding }, ...rest],
        }),
      ),
    ).toMatchObject({ outcome: 'Consumed' });
  });

  test('signers that are not of the wallet are refused before anything is bound', async () => {
    const asked = order();
    for (const signers of [
      [1, 3, 5, 6, 7, 9],
      [1, 3, 5, 6, 7, 7],
      [3, 1, 5, 6, 7, 8],
      [2, 3, 5, 6, 7, 8],
      [1, 3, 5, 6, 7],
    ])
      await expect(
        phone.device.ask(at(1), {
          kind: 'Prepare',
          wallet,
          epoch: 1,
          intent: asked.intent,
          attempt: 1,
          message: asked.message,
          signers,
          expiresAtMs: asked.expiresAtMs,
        }),
      ).rejects.toThrow('400');
    expect(isSignature(asked.message, await signWithAll(phone, made, asked))).toBe(true);
  });

  test('a share that is late is refused, and so is one that asks for too long', async () => {
    const round = await prepareAll(phone, made, order());
    net.clock.advance(120_000);
    expect(await phone.device.ask(at(1), shareRequest(phone, made, round))).toMatchObject({
      outcome: 'Expired',
    });
    net.clock.advance(300_000);
    expect(await phone.device.ask(at(1), shareRequest(phone, made, round))).toMatchObject({
      outcome: 'Gone',
    });
    const far = order({ expiresAtMs: net.clock.now() + 300_001 });
    expect(await refusalOf(prepareAll(phone, made, far))).toMatchObject({ outcome: 'Expired' });
  });

  test('an intent never gets other bytes, and an attempt never a second share', async () => {
    const asked = order();
    await signWithAll(phone, made, asked);
    expect(
      await refusalOf(prepareAll(phone, made, { ...asked, message: pays(6n), attempt: 2 })),
    ).toMatchObject({ outcome: 'IntentTaken' });
    expect(await refusalOf(prepareAll(phone, made, asked))).toMatchObject({ outcome: 'Consumed' });
    const again = await signWithAll(phone, made, { ...asked, attempt: 2 });
    expect(isSignature(asked.message, again)).toBe(true);
    expect(await refusalOf(prepareAll(phone, made, asked))).toMatchObject({ outcome: 'Consumed' });
  });

  test('whatever is asked, in any order, all shares of an intent are over the first message that was bound', async () => {
    const request = fc.record({ message: fc.nat(2), attempt: fc.integer({ min: 1, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 5 }), async (requests) => {
        const intent = net.random(16);
        const signed = new Set<number>();
        for (const { message, attempt } of requests) {
          const asked = order({ intent, attempt, message: pays(BigInt(message)), nodes: [1, 2, 3] });
          const round = await prepareAll(phone, made, asked).catch((error: unknown) => {
            if (error instanceof Refused) return null;
            throw error;
          });
          if (round === null) continue;
          const answer = await phone.device.ask(at(1), shareRequest(phone, made, round));
          if (answer.outcome === 'Ok') signed.add(message);
        }
        expect([...signed]).toEqual([requests[0]?.message]);
      }),
      { numRuns: 6 },
    );
  });
});

describe('what is signed', () => {
  const token = (data: number[], accounts = [payee, payee, wallet]): TestInstruction => ({
    program: solanaPrograms.token,
    accounts,
    data: Uint8Array.from(data),
  });
  test.each([
    ['Approve', () => token([4, ...littleEndian(9n, 8)])],
    ['SetAuthority', () => token([6, 2, 1, ...payee])],
    ['CloseAccount', () => token([9])],
    ['Assign', () => ({ ...solTransfer(wallet, payee, 0n), data: Uint8Array.of(1, 0, 0, 0, ...payee) })],
    ['AdvanceNonce', () => ({ ...solTransfer(wallet, payee, 0n), data: Uint8Array.of(4, 0, 0, 0) })],
  ])('is no %s', async (_, instruction) => {
    const message = solanaMessage(wallet, [instruction(), solTransfer(wallet, payee, 1n)]);
    expect(await refusalOf(prepareAll(phone, made, order({ message })))).toMatchObject({
      outcome: 'NotAllowed',
      why: 'instruction',
    });
  });

  test('is within the limits, whatever the client thinks of them', async () => {
    expect(await refusalOf(prepareAll(phone, made, order({ message: pays(10_000_000_000n) })))).toMatchObject(
      {
        outcome: 'OverLimit',
        mint: null,
        limit: 10_000_000_000n,
        spent: 0n,
      },
    );
    await signWithAll(phone, made, order({ message: pays(6_000_000_000n) }));
    const more = order({ message: pays(4_000_000_000n) });
    expect(await refusalOf(prepareAll(phone, made, more))).toMatchObject({
      outcome: 'OverLimit',
      spent: 6_000_005_000n,
    });
    net.clock.advance(limitsWindowMs);
    const next = order({ message: pays(4_000_000_000n) });
    expect(isSignature(next.message, await signWithAll(phone, made, next))).toBe(true);
  });
});
