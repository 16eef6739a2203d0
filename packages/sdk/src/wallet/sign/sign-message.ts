import { DomainError } from '@hexkey/contract';
import {
  aggregateShares,
  commitToSign,
  isShareGood,
  type KeyPair,
  type KeyShare,
  type SignatureShare,
  type SigningCommitment,
  shareAuthorisationStatement,
  signEd25519,
  signShare,
  toBase58,
  verifyEd25519,
  type WalletNode,
  type WalletPackage,
  type WalletRefusal,
  walletKeyOf,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../../deps.ts';
import type { NodeChannel } from '../../pin/node-channel.ts';

/** What is to be signed, and who says so. */
export interface SigningOrder {
  readonly wallet: WalletPackage;
  /** The client's shares, open. */
  readonly shares: readonly KeyShare[];
  readonly message: Uint8Array;
  /** 16 bytes. */
  readonly intent: Uint8Array;
  /** The last attempt at this intent that a node may know of; 0 for none. */
  readonly lastAttempt: number;
  readonly auth: { readonly key: 'pin' | 'pay'; readonly pair: KeyPair };
  /** Called before each attempt, to be written down before a node hears of it. */
  readonly onAttempt: (attempt: number) => Promise<void>;
  readonly onProgress: (done: number, of: number) => void;
}

export interface SignedMessage {
  /** Ed25519 by the wallet's key, 64 bytes. */
  readonly signature: Uint8Array;
  /** Nodes whose share did not verify, by realm id. */
  readonly cheatingNodes: readonly string[];
}

type SigningDeps = Pick<HexkeyDeps, 'clock' | 'random' | 'yieldToOthers'>;

/** How far ahead an authorisation is good: docs/protocol/wallet.md section 2. */
const goodForMs = 2 * 60_000;

/**
 * Signs with the client's shares and t nodes (docs/protocol/wallet.md section 4; RFC 9591 section 5). Whoever does not answer, refuses or sends a share that does not verify
 * is replaced by the next of the ranking, in another attempt at the same message.
 *
 * @param ranking in the order in which they are taken
 * @throws {DomainError} what most nodes refuse with: `OverLimit`, `DeviceOnHold`, `TransferRefused`, `PinNeededAgain`; `NodeCheated`, `NodesUnavailable`
 */
export async function signMessage(
  deps: SigningDeps,
  channel: NodeChannel,
  ranking: readonly WalletNode[],
  order: SigningOrder,
): Promise<SignedMessage> {
  const { threshold } = channel.set.nodeSet;
  const out = new Map<string, Failure>();
  const cheatingNodes: string[] = [];
  let attempt = order.lastAttempt;
  // Attempts that other pages made are passed one by one.
  let leaps = 0;
  for (;;) {
    const signers = ranking.filter(({ realmId }) => !out.has(realmId)).slice(0, threshold);
    if (signers.length < threshold)
      throw refusalOf([...out.values()], threshold, signers.length, cheatingNodes);
    attempt += 1;
    await order.onAttempt(attempt);
    const result = await attemptOnce(deps, channel, signers, attempt, order);
    if ('signature' in result) return { signature: result.signature, cheatingNodes };
    const isBehind = result.failures.some(({ why }) => why === 'behind');
    leaps += isBehind ? 1 : 0;
    for (const failure of result.failures) {
      if (failure.why === 'cheat') cheatingNodes.push(failure.node.realmId);
      // One attempt was used up elsewhere, or a node restarted between the rounds: it takes the next.
      if (failure.why !== 'behind' || leaps > mostLeaps) out.set(failure.node.realmId, failure);
    }
  }
}

const mostLeaps = 5;

interface Failure {
  readonly node: WalletNode;
  readonly why: 'away' | 'cheat' | 'behind' | WalletRefusal;
}

interface Prepared {
  readonly node: WalletNode;
  readonly why: null;
  readonly commitment: SigningCommitment;
}

interface Given {
  readonly node: WalletNode;
  readonly why: null;
  readonly share: SignatureShare;
}

type AttemptResult = { readonly signature: Uint8Array } | { readonly failures: readonly Failure[] };

async function attemptOnce(
  { clock, random, yieldToOthers }: SigningDeps,
  channel: NodeChannel,
  nodes: readonly WalletNode[],
  attempt: number,
  order: SigningOrder,
): Promise<AttemptResult> {
  const { wallet, shares, message, intent, auth } = order;
  const publicKey = walletKeyOf(wallet);
  const expiresAtMs = clock.now() + goodForMs;
  const place = { wallet: publicKey, epoch: wallet.epoch, intent, attempt };
  const signers = [...nodes, ...shares]
    .map(({ identifier }) => identifier)
    .sort((left, right) => left - right);
  let done = 0;
  const step = () => order.onProgress(++done, 2 * nodes.length);

  const prepare = { kind: 'Prepare', ...place, message, signers, expiresAtMs } as const;
  const preparing = await onTheirWay(
    nodes,
    yieldToOthers,
    async (node, onSent): Promise<Failure | Prepared> => {
      const reply = await channel.askWallet(node.realmId, prepare, onSent);
      step();
      if (!reply.ok) return { node, why: 'away' };
      if (reply.answer.outcome !== 'Ok') return { node, why: whyOf(reply.answer) };
      const { hiding, binding } = reply.answer;
      return { node, why: null, commitment: { identifier: node.identifier, hiding, binding } };
    },
  );
  const own = shares.map((key) => ({ key, ...commitToSign(key, random) }));
  const prepared = await preparing.answers;
  const unprepared = prepared.flatMap((each) => (each.why === null ? [] : [each]));
  if (unprepared.length > 0) return { failures: unprepared };
  const commitments: SigningCommitment[] = [
    ...prepared.flatMap((each) => (each.why === null ? [each.commitment] : [])),
    ...own.map(({ commitment }) => commitment),
  ].sort((left, right) => left.identifier - right.identifier);

  const statement = shareAuthorisationStatement({ ...place, message, expiresAtMs });
  const signed = { key: auth.key, expiresAtMs, signature: signEd25519(auth.pair, statement) };
  const asked = { kind: 'Share', ...place, commitments, auth: signed } as const;
  const giving = await onTheirWay(nodes, yieldToOthers, async (node, onSent): Promise<Failure | Given> => {
    const reply = await channel.askWallet(node.realmId, asked, onSent);
    step();
    if (!reply.ok) return { node, why: 'away' };
    if (reply.answer.outcome !== 'Ok') return { node, why: whyOf(reply.answer) };
    return { node, why: null, share: { identifier: node.identifier, share: reply.answer.share } };
  });
  const ownShares = own.map(({ key, nonces }) => signShare(key, wallet, nonces, commitments, message));
  const given = await giving.answers;
  const nodeShares = given.flatMap((each) => (each.why === null ? [each.share] : []));
  if (nodeShares.length === nodes.length) {
    // One equation checks them all (ADR 72): only when it does not hold is each looked at, to name who lied.
    const aggregation = aggregateShares(wallet, commitments, message, [...nodeShares, ...ownShares]);
    if (aggregation.verdict === 'signed' && verifyEd25519(publicKey, message, aggregation.signature))
      return { signature: aggregation.signature };
  }
  const failures = given.flatMap((each): Failure[] => {
    if (each.why !== null) return [each];
    return isShareGood(wallet, commitments, message, each.share)
      ? []
      : [{ node: each.node, why: 'cheat' as const }];
  });
  if (failures.length === 0) throw new Error('shares that verify make no signature');
  return { failures };
}

/**
 * Asks each node and lets the requests go out before the caller computes its own part, which holds up everything else here for as long as a node needs for
 * its own: both are done at the same time then.
 * @returns once every request is with the network, or is over
 */
async function onTheirWay<T>(
  nodes: readonly WalletNode[],
  yieldToOthers: HexkeyDeps['yieldToOthers'],
  ask: (node: WalletNode, onSent: () => void) => Promise<T>,
): Promise<{ readonly answers: Promise<readonly T[]> }> {
  const asking: Promise<T>[] = [];
  const sent = nodes.map(
    (node) =>
      new Promise<void>((resolve, reject) => {
        const asked = ask(node, resolve);
        asking.push(asked);
        asked.then(() => resolve(), reject);
      }),
  );
  await Promise.all(sent);
  await yieldToOthers();
  return { answers: Promise.all(asking) };
}

function whyOf(refusal: WalletRefusal): 'behind' | WalletRefusal {
  return refusal.outcome === 'Gone' || refusal.outcome === 'Consumed' ? 'behind' : refusal;
}

/** Too few nodes are left: the refusal that most of them gave, else that they are away. */
function refusalOf(
  failures: readonly Failure[],
  threshold: number,
  left: number,
  cheatingNodes: readonly string[],
): DomainError {
  const refusals = failures.flatMap(({ why }) => (typeof why === 'string' ? [] : [why]));
  const counts = new Map<string, number>();
  for (const { outcome } of refusals) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const most = refusals.toSorted((a, b) => (counts.get(b.outcome) ?? 0) - (counts.get(a.outcome) ?? 0))[0];
  if (most !== undefined) return domainErrorOfRefusal(most);
  if (cheatingNodes.length > 0) return new DomainError('NodeCheated', { realmIds: cheatingNodes });
  return new DomainError('NodesUnavailable', { reachable: left, needed: threshold });
}

/** A node's refusal as every client says it. */
export function domainErrorOfRefusal(refusal: WalletRefusal): DomainError {
  switch (refusal.outcome) {
    case 'OnHold':
      return new DomainError('DeviceOnHold', { untilMs: refusal.untilMs });
    case 'OverLimit':
      return new DomainError('OverLimit', {
        mint: refusal.mint === null ? null : toBase58(refusal.mint),
        limit: refusal.limit.toString(),
        spent: refusal.spent.toString(),
        freeAtMs: refusal.freeAtMs,
      });
    case 'IntentTaken':
      return new DomainError('TransferRefused', { reason: 'intent' });
    case 'NotAllowed':
      return new DomainError('TransferRefused', { reason: 'message' });
    case 'PinNeeded':
    case 'AuthRefused':
      return new DomainError('PinNeededAgain', {});
    case 'TooEarly':
      return new DomainError('ExportTooEarly', { fromMs: refusal.fromMs });
    case 'NoExport':
      return new DomainError('NoExport', {});
    case 'NoWallet':
      return new DomainError('WalletMissing', {});
    default:
      return new DomainError('TransferRefused', { reason: 'nodes' });
  }
}
