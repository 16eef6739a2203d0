import {
  aggregateShares,
  beginKeyGeneration,
  type CeremonyPlace,
  ceremonyTranscript,
  commitToSign,
  hpkePublicKey,
  type KeyPair,
  type KeyShare,
  type NodeUser,
  type OrderedWalletRequest,
  type Random,
  type Round1Package,
  round2SealContext,
  type SealedRound2,
  Secret,
  type ShareAuthorisation,
  type SignatureShare,
  type SigningCommitment,
  shareAuthorisationStatement,
  signEd25519,
  signShare,
  type WalletNodes,
  type WalletOrder,
  type WalletPackage,
  type WalletVoucher,
  walletKeyOf,
  walletOrderStatement,
  walletPackageHash,
} from '@hexkey/protocol';
import { round2Sealing } from '../wallet/seal-round2.ts';
import type { WalletDevice } from './wallet-device.ts';

/** What a test needs to play the client's part, as the page of the protocol has it and as plain as can be. */
export interface WalletParty {
  readonly device: WalletDevice;
  readonly user: NodeUser;
  readonly nodes: WalletNodes;
  /** Place in the network of each node, by identifier. */
  readonly placeOf: (identifier: number) => number;
  readonly pinAuth: KeyPair;
  readonly random: Random;
  readonly now: () => number;
}

/** What crosses the wire in a ceremony, for tests that meddle with it or read it. */
export interface CeremonyWire {
  round1?(packages: readonly Round1Package[], to: number): readonly Round1Package[];
  round2?(
    messages: readonly SealedRound2[],
    to: number,
    place: CeremonyPlace,
  ): readonly SealedRound2[] | Promise<readonly SealedRound2[]>;
  /** Before each request; throws to stop there. */
  before?(step: string, node: number): Promise<void> | void;
}

export interface MadeWallet {
  readonly wallet: WalletPackage;
  readonly shares: readonly KeyShare[];
  readonly ceremony: Uint8Array;
  readonly vouchers: readonly WalletVoucher[];
}

/** A refusal where the test needed an Ok. */
export class Refused extends Error {
  readonly answer: object;
  constructor(answer: { readonly kind: string; readonly outcome: string }) {
    super(`${answer.kind}: ${answer.outcome}`);
    this.answer = answer;
  }
}

/** Creation up to the vouchers. @throws {Refused} */
export async function runCeremony(party: WalletParty, wire: CeremonyWire = {}): Promise<MadeWallet> {
  const { device, nodes, random, user, placeOf } = party;
  const ceremony = random(16);
  const secret = new Secret(random(32));
  const sealing = round2Sealing(secret);
  const { parties, setHash } = nodes;
  const own = parties.clients.map((identifier) => beginKeyGeneration(parties, identifier, random));
  const ask: WalletDevice['ask'] = async (place, request, options) => {
    await wire.before?.(request.kind, place);
    return device.ask(place, request, options);
  };
  const begun = await Promise.all(
    parties.nodes.map(async (identifier): Promise<Round1Package> => {
      const answer = ok(
        await ask(placeOf(identifier), {
          kind: 'DkgBegin',
          ceremony,
          nodeSetHash: setHash,
          clientKey: hpkePublicKey(secret),
        }),
      );
      return { identifier, commitment: answer.commitment, proof: answer.proof };
    }),
  );
  const round1 = [...begun, ...own.map((each) => each.round1)];
  const place = { user, ceremony, transcript: ceremonyTranscript(round1) };
  const outgoing = own.map((each) => ({ from: each.round1.identifier, shares: each.exchange(round1) }));
  const inboxes = new Map<number, SealedRound2[]>(round1.map(({ identifier }) => [identifier, []]));
  for (const identifier of parties.nodes) {
    const sent = wire.round1?.(round1, identifier) ?? round1;
    const answer = ok(await ask(placeOf(identifier), { kind: 'DkgExchange', ceremony, round1: sent }));
    for (const { to, sealed, signature } of answer.messages)
      inboxes.get(to)?.push({ from: identifier, sealed, signature });
  }
  for (const { from, shares } of outgoing)
    for (const [to, share] of shares) {
      const receiver =
        nodes.nodes.find(({ identifier }) => identifier === to)?.hpkeKey ?? hpkePublicKey(secret);
      const sealed = await sealing.seal(receiver, round2SealContext(place, from, to), share);
      inboxes.get(to)?.push({ from, sealed, signature: null });
    }
  const made = await Promise.all(
    own.map(async (each) => {
      const to = each.round1.identifier;
      const shares = await Promise.all(
        (inboxes.get(to) ?? []).map(async ({ from, sealed }) => {
          const share = await sealing.open(sealed, round2SealContext(place, from, to));
          if (share === null) throw new Error('not sealed to the client');
          return { from, share: new Secret(share) };
        }),
      );
      return each.finish(shares);
    }),
  );
  const [first] = made;
  if (first === undefined) throw new Error('a client has shares');
  const wallet: WalletPackage = { epoch: 1, nodeSetHash: setHash, ...first.public };
  const vouchers: WalletVoucher[] = [];
  for (const { identifier, realmId } of nodes.nodes) {
    const inbox = inboxes.get(identifier) ?? [];
    const messages = (await wire.round2?.(inbox, identifier, place)) ?? inbox;
    const answer = ok(await ask(placeOf(identifier), { kind: 'DkgFinish', ceremony, messages }));
    if (Buffer.compare(answer.packageHash, walletPackageHash(wallet)) !== 0)
      throw new Error('a node has another package');
    vouchers.push({ realmId: Buffer.from(realmId, 'hex'), signature: answer.signature });
  }
  return { wallet, shares: made.map(({ key }) => key), ceremony, vouchers };
}

/** The owner's order for a request by this device, now. */
export function orderFor(
  party: WalletParty,
  request: OrderedWalletRequest,
  signer = party.pinAuth,
): WalletOrder {
  const timeMs = party.now();
  const { publicKey: deviceKey } = party.device.keys;
  const statement = walletOrderStatement({ user: party.user, deviceKey, timeMs }, request);
  return { timeMs, signature: signEd25519(signer, statement) };
}

/** @throws {Refused} */
export async function commitAt(party: WalletParty, made: MadeWallet, identifier: number): Promise<void> {
  const { ceremony, vouchers, wallet } = made;
  const request = {
    kind: 'CommitWallet' as const,
    ceremony,
    packageHash: walletPackageHash(wallet),
    signatures: vouchers,
  };
  ok(await party.device.ask(party.placeOf(identifier), { ...request, order: orderFor(party, request) }));
}

/** Creation, all of it. @throws {Refused} */
export async function makeWallet(party: WalletParty, wire?: CeremonyWire): Promise<MadeWallet> {
  const made = await runCeremony(party, wire);
  for (const identifier of party.nodes.parties.nodes) await commitAt(party, made, identifier);
  return made;
}

/** One signature, as it is asked for. */
export interface SignOrder {
  readonly message: Uint8Array;
  readonly intent: Uint8Array;
  readonly attempt: number;
  readonly nodes: readonly number[];
  readonly expiresAtMs: number;
}

/** Both rounds with every signer. */
export interface PreparedRound {
  readonly order: SignOrder;
  readonly own: readonly { readonly key: KeyShare; readonly made: ReturnType<typeof commitToSign> }[];
  readonly commitments: readonly SigningCommitment[];
}

/** @throws {Refused} */
export async function prepareAll(
  party: WalletParty,
  { wallet, shares }: Pick<MadeWallet, 'wallet' | 'shares'>,
  order: SignOrder,
): Promise<PreparedRound> {
  const own = shares.map((key) => ({ key, made: commitToSign(key, party.random) }));
  const { message, intent, attempt, expiresAtMs } = order;
  const signers = [...order.nodes, ...shares.map(({ identifier }) => identifier)];
  const theirs = await Promise.all(
    order.nodes.map(async (identifier) => {
      const { hiding, binding } = ok(
        await party.device.ask(party.placeOf(identifier), {
          kind: 'Prepare',
          wallet: walletKeyOf(wallet),
          epoch: wallet.epoch,
          intent,
          attempt,
          message,
          signers,
          expiresAtMs,
        }),
      );
      return { identifier, hiding, binding };
    }),
  );
  return { order, own, commitments: [...theirs, ...own.map(({ made }) => made.commitment)] };
}

/** What a node is asked in the second round. */
export function shareRequest(
  party: WalletParty,
  { wallet }: Pick<MadeWallet, 'wallet'>,
  { order, commitments }: Pick<PreparedRound, 'order' | 'commitments'>,
  signed: Partial<ShareAuthorisation> & { readonly key?: 'pin' | 'pay'; readonly by?: KeyPair } = {},
) {
  const { message, intent, attempt, expiresAtMs } = order;
  const place = { wallet: walletKeyOf(wallet), epoch: wallet.epoch, intent, attempt };
  const claim = shareAuthorisationStatement({ ...place, message, expiresAtMs, ...signed });
  const signature = signEd25519(signed.by ?? party.pinAuth, claim);
  return {
    kind: 'Share' as const,
    ...place,
    commitments,
    auth: { key: signed.key ?? ('pin' as const), expiresAtMs, signature },
  };
}

/** @throws {Refused} */
export async function signWithAll(
  party: WalletParty,
  made: Pick<MadeWallet, 'wallet' | 'shares'>,
  order: SignOrder,
): Promise<Uint8Array> {
  const round = await prepareAll(party, made, order);
  const request = shareRequest(party, made, round);
  const theirs = await Promise.all(
    order.nodes.map(async (identifier): Promise<SignatureShare> => {
      const { share } = ok(await party.device.ask(party.placeOf(identifier), request));
      return { identifier, share };
    }),
  );
  return finishSignature(made, round, theirs);
}

export function finishSignature(
  { wallet }: Pick<MadeWallet, 'wallet'>,
  { order, own, commitments }: PreparedRound,
  theirs: readonly SignatureShare[],
): Uint8Array {
  const mine = own.map(({ key, made }) => signShare(key, wallet, made.nonces, commitments, order.message));
  const signed = aggregateShares(wallet, commitments, order.message, [...theirs, ...mine]);
  if (signed.verdict !== 'signed') throw new Error(`cheated: ${signed.identifiers}`);
  return signed.signature;
}

/** @throws {Refused} anything but an Ok */
export function ok<A extends { readonly kind: string; readonly outcome: string }>(
  answer: A,
): Extract<A, { readonly outcome: 'Ok' }> {
  if (answer.outcome !== 'Ok') throw new Refused(answer);
  return answer as Extract<A, { readonly outcome: 'Ok' }>;
}
