import { DomainError } from '@hexkey/contract';
import {
  CheatError,
  type DealPlace,
  type DealtMessage,
  type DealtPackage,
  type DealtShare,
  dealShare,
  dealtSealContext,
  dealtStatement,
  type KeyShare,
  receiveShares,
  redealtPackage,
  type SealedMessage,
  Secret,
  verifyEd25519,
  type WalletNode,
  type WalletPackage,
  walletNodesOf,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../../deps.ts';
import type { MoveEnds } from '../../node-move/move-steps.ts';
import type { MoveReply, NodeChannel } from '../../pin/node-channel.ts';
import { makeHpkePair } from '../../team-hexkey/hpke-key.ts';
import { openRound2, sealRound2 } from '../key/seal-round2.ts';
import type { MovingWallet } from './moving-wallet.ts';

/** One dealing by t old nodes and this client. */
export interface Dealing {
  /** The wallet as the new holders have it. */
  readonly renewed: WalletPackage;
  /** The client's new shares. */
  readonly shares: readonly KeyShare[];
  /** What all dealers have for one new node, in their order. @param to its new identifier */
  dealt(to: number): readonly DealtMessage[];
}

type Deps = Pick<HexkeyDeps, 'random' | 'engine'>;

/**
 * Has t old nodes deal, and deals for the client. All that comes for the client is checked, so what a new node is sent can only be wrong in the part that it alone opens. Who deals decides every weight:
 * when one of them is away or cheats, all begin anew with another in its place.
 *
 * @param out realm ids that are not asked; those that cheat are added
 * @throws {DomainError} what most old nodes refuse with: `DeviceOnHold`, `PinNeededAgain`; `NodeCheated`, `NodesUnavailable`
 */
export async function collectDeals(
  deps: Deps,
  ends: MoveEnds,
  place: Omit<DealPlace, 'dealers'>,
  order: Uint8Array,
  wallet: MovingWallet,
  out: Set<string>,
): Promise<Dealing> {
  const { nodes, parties } = walletNodesOf(ends.from.set.nodeSet, ends.from.set.hash);
  const { threshold } = ends.from.set.nodeSet;
  const failures = new Map<string, Failure>();
  for (;;) {
    const dealing = nodes
      .filter(({ realmId }) => !failures.has(realmId) && !out.has(realmId))
      .slice(0, threshold);
    if (dealing.length < threshold)
      throw refusalOf([...failures.values()], [...out], dealing.length, threshold);
    const dealers = [...dealing.map(({ identifier }) => identifier), ...parties.clients];
    const result = await dealOnce(deps, ends, { ...place, dealers }, order, wallet, dealing);
    if (!Array.isArray(result)) return result as Dealing;
    for (const failure of result as readonly Failure[]) {
      if (failure.why === 'cheat') out.add(failure.realmId);
      failures.set(failure.realmId, failure);
    }
  }
}

interface Failure {
  readonly realmId: string;
  readonly why: 'away' | 'cheat' | Exclude<AnswerOfDeal, { readonly outcome: 'Ok' }>;
}
type AnswerOfDeal = Extract<MoveReply<'Deal'>, { readonly ok: true }>['answer'];

interface NodeDeal {
  readonly node: WalletNode;
  readonly package: DealtPackage;
  readonly messages: readonly SealedMessage[];
}

/** @returns a dealing, or who kept it from being one */
async function dealOnce(
  deps: Deps,
  ends: MoveEnds,
  place: DealPlace,
  order: Uint8Array,
  wallet: MovingWallet,
  dealing: readonly WalletNode[],
): Promise<Dealing | readonly Failure[]> {
  const { from, to, chain } = ends;
  const { packageHash, arrived, dealers } = place;
  const { parties, nodes } = walletNodesOf(to.set.nodeSet, to.set.hash);
  const { publicKey: clientKey, pair } = await makeHpkePair(deps.engine);
  const request = { kind: 'Deal', chain, order, arrived, packageHash, dealers, clientKey } as const;
  const asked = await Promise.all(
    dealing.map(async (node) => ({ node, reply: await from.askMove(node.realmId, request) })),
  );
  const failures = asked.flatMap(({ node, reply }) => failureOf(node, reply));
  if (failures.length > 0) return failures;
  const own = wallet.shares.map((key) => dealShare(key, wallet.package, dealers, parties, deps.random));
  try {
    const theirs = asked.flatMap(({ node, reply }) => dealOf(node, reply));
    for (const deal of theirs) requireSigned(place, deal, nodes);
    const packages = [...theirs, ...own].map((each) => each.package);
    const renewed = redealtPackage(wallet.package, packages, { ...parties, nodeSetHash: to.set.hash });
    const shares = await Promise.all(
      parties.clients.map(async (identifier) => {
        const sent = await Promise.all(theirs.map((deal) => openedFor(pair, place, deal, identifier)));
        const among = own.map(({ package: { identifier: dealer }, shares: made }) => ({
          from: dealer,
          share: made.get(identifier) as Secret<Uint8Array>,
        }));
        return receiveShares(identifier, renewed, packages, [...sent, ...among]);
      }),
    );
    const sealedOwn = await sealAll(place, own, nodes);
    return {
      renewed,
      shares,
      dealt: (identifier) => [
        ...theirs.map((deal) => ({ ...deal.package, ...partFor(deal, identifier) })),
        ...(sealedOwn.get(identifier) ?? []),
      ],
    };
  } catch (error) {
    if (!(error instanceof CheatError)) throw error;
    const cheat = dealing.find(({ identifier }) => identifier === error.identifier);
    // Our own shares are on the package that all old nodes vouched for, so it is one of them.
    if (cheat === undefined) throw error;
    return [{ realmId: cheat.realmId, why: 'cheat' }];
  }
}

function failureOf({ realmId }: WalletNode, reply: MoveReply<'Deal'>): Failure[] {
  if (!reply.ok) return [{ realmId, why: 'away' }];
  return reply.answer.outcome === 'Ok' ? [] : [{ realmId, why: reply.answer }];
}

function dealOf(node: WalletNode, reply: MoveReply<'Deal'>): NodeDeal[] {
  if (!reply.ok || reply.answer.outcome !== 'Ok') return [];
  const { commitment, messages } = reply.answer;
  return [{ node, package: { identifier: node.identifier, commitment }, messages }];
}

/** @throws {CheatError} none for that receiver */
function partFor(
  { package: { identifier }, messages }: NodeDeal,
  to: number,
): Pick<DealtMessage, 'sealed' | 'signature'> {
  const message = messages.find((each) => each.to === to);
  if (message === undefined) throw new CheatError(identifier);
  return { sealed: message.sealed, signature: message.signature };
}

/** @throws {CheatError} what the node did not sign, or sealed to somebody else */
async function openedFor(
  pair: CryptoKeyPair,
  place: DealPlace,
  deal: NodeDeal,
  to: number,
): Promise<DealtShare> {
  const { identifier: from } = deal.package;
  const { sealed, signature } = partFor(deal, to);
  const signed = dealtStatement(place, deal.package, to, sealed);
  const isSigned = signature !== null && verifyEd25519(deal.node.logKey, signed, signature);
  const share = isSigned ? await openRound2(pair, dealtSealContext(place, from, to), sealed) : null;
  if (share === null) throw new CheatError(from);
  return { from, share: new Secret(share) };
}

/** So that a new node that finds another signature there was not sent it by its dealer. @throws {CheatError} */
function requireSigned(place: DealPlace, deal: NodeDeal, nodes: readonly WalletNode[]): void {
  for (const { identifier } of nodes) {
    const { sealed, signature } = partFor(deal, identifier);
    const signed = dealtStatement(place, deal.package, identifier, sealed);
    if (signature === null || !verifyEd25519(deal.node.logKey, signed, signature))
      throw new CheatError(deal.package.identifier);
  }
}

/** What the client deals to nodes, by their identifiers. */
async function sealAll(
  place: DealPlace,
  own: readonly ReturnType<typeof dealShare>[],
  nodes: readonly WalletNode[],
): Promise<ReadonlyMap<number, readonly DealtMessage[]>> {
  const entries = nodes.map(async ({ identifier: to, hpkeKey }) => {
    const messages = own.map(async ({ package: dealt, shares }): Promise<DealtMessage> => {
      const context = dealtSealContext(place, dealt.identifier, to);
      const share = shares.get(to) as Secret<Uint8Array>;
      return { ...dealt, sealed: await sealRound2(hpkeKey, context, share.reveal()), signature: null };
    });
    return [to, await Promise.all(messages)] as const;
  });
  return new Map(await Promise.all(entries));
}

function refusalOf(
  failures: readonly Failure[],
  cheating: readonly string[],
  reachable: number,
  needed: number,
): DomainError {
  const refusals = failures.flatMap(({ why }) => (typeof why === 'string' ? [] : [why]));
  const hold = refusals.find((refusal) => refusal.outcome === 'OnHold');
  if (hold !== undefined) return new DomainError('DeviceOnHold', { untilMs: hold.untilMs });
  if (refusals.some(({ outcome }) => outcome === 'PinNeeded' || outcome === 'Refused'))
    return new DomainError('PinNeededAgain', {});
  if (cheating.length > 0) return new DomainError('NodeCheated', { realmIds: cheating });
  return new DomainError('NodesUnavailable', { reachable, needed });
}

/** Realm ids of a set's holders. */
export function namedNodes({ set }: NodeChannel, identifiers: readonly number[]): readonly string[] {
  const { nodes } = walletNodesOf(set.nodeSet, set.hash);
  return nodes.filter(({ identifier }) => identifiers.includes(identifier)).map(({ realmId }) => realmId);
}
