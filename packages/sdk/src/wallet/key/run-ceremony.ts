import { DomainError } from '@hexkey/contract';
import {
  CheatError,
  ceremonyTranscript,
  equalBytes,
  fromHex,
  type KeyShare,
  type Round1Package,
  round2MessageStatement,
  round2SealContext,
  Secret,
  verifyEd25519,
  type WalletNode,
  type WalletPackage,
  walletNodesOf,
  walletPackageHash,
  walletVoucherStatement,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../../deps.ts';
import type { PinProgress } from '../../hexkey.ts';
import type { NodeChannel, WalletReply } from '../../pin/node-channel.ts';
import { makeHpkePair } from '../../team-hexkey/hpke-key.ts';
import type { ClientParticipants, PassedShare } from './client-participants.ts';
import { openRound2, sealRound2 } from './seal-round2.ts';

/** A key that all nodes hold staged shares of. */
export interface MadeKey {
  /** 16 bytes. */
  readonly ceremony: Uint8Array;
  readonly wallet: WalletPackage;
  /** The client's, to be sealed before anything else happens. */
  readonly shares: readonly KeyShare[];
  /** One of each node, by realm id. */
  readonly vouchers: readonly { readonly realmId: string; readonly signature: Uint8Array }[];
}

type CeremonyDeps = Pick<HexkeyDeps, 'random' | 'engine'>;

/**
 * Makes a key with every node of the set (docs/protocol/wallet.md section 3). Nothing counts until the account server has taken it, so it may stop anywhere. This
 * device must have shown every node the PIN within ten minutes.
 * @throws {DomainError} `SomeNodesAway`: all are needed; `NodeCheated`
 */
export async function runCeremony(
  deps: CeremonyDeps,
  channel: NodeChannel,
  participants: ClientParticipants,
  onProgress: (progress: PinProgress) => void,
): Promise<MadeKey> {
  try {
    return await perform(deps, channel, participants, onProgress);
  } catch (error) {
    if (error instanceof CheatError) throw cheated(channel, [error.identifier]);
    throw error;
  } finally {
    participants.end();
  }
}

async function perform(
  { random, engine }: CeremonyDeps,
  channel: NodeChannel,
  participants: ClientParticipants,
  onProgress: (progress: PinProgress) => void,
): Promise<MadeKey> {
  const { nodeSet, hash } = channel.set;
  const { parties, nodes } = walletNodesOf(nodeSet, hash);
  const user = { tenant: nodeSet.tenant, userId: channel.accountId };
  const ceremony = random(16);
  const of = nodes.length;
  onProgress({ step: 'making-wallet', done: 0, of });
  const { publicKey: clientKey, pair } = await makeHpkePair(engine);

  const [own, begun] = await Promise.all([
    participants.begin(parties),
    askAll(nodes, ({ realmId }) =>
      channel.askWallet(realmId, { kind: 'DkgBegin', ceremony, nodeSetHash: hash, clientKey }),
    ),
  ]);
  const round1: Round1Package[] = [
    ...begun.map(({ commitment, proof }, place) => ({ identifier: place + 1, commitment, proof })),
    ...own,
  ];
  const place = { user, ceremony, transcript: ceremonyTranscript(round1) };

  // The nodes compute while we do.
  let done = 0;
  const [passed, exchanged] = await Promise.all([
    participants.exchange(round1),
    askAll(nodes, async ({ realmId }) => {
      const reply = await channel.askWallet(realmId, { kind: 'DkgExchange', ceremony, round1 });
      onProgress({ step: 'making-wallet', done: ++done, of });
      return reply;
    }),
  ]);
  const sealedByUs = await Promise.all(
    passed.map(async ({ from, to, share }) => {
      const receiver = (nodes[to - 1] as WalletNode).hpkeKey;
      return {
        from,
        to,
        sealed: await sealRound2(receiver, round2SealContext(place, from, to), share.reveal()),
      };
    }),
  );
  const sent = [
    ...sealedByUs.map((message) => ({ ...message, signature: null })),
    ...exchanged.flatMap(({ messages }, index) =>
      messages.map((message) => ({ from: index + 1, ...message })),
    ),
  ];
  const forUs = sent.filter(({ from, to }) => from <= nodes.length && to > nodes.length);

  const [made, finished] = await Promise.all([
    openAll(forUs).then((shares) => participants.finish(shares)),
    askAll(nodes, ({ realmId, identifier }) => {
      const messages = sent.filter(({ to }) => to === identifier).map(({ to: _, ...message }) => message);
      return channel.askWallet(realmId, { kind: 'DkgFinish', ceremony, messages });
    }),
  ]);
  const wallet: WalletPackage = { epoch: 1, nodeSetHash: hash, ...made.public };
  const packageHash = walletPackageHash(wallet);
  const liars = nodes.filter(({ realmId, logKey }, index) => {
    const answer = finished[index];
    const voucher = walletVoucherStatement({ realmId: fromHex(realmId), user, ceremony, packageHash });
    return (
      answer === undefined ||
      !equalBytes(answer.packageHash, packageHash) ||
      !verifyEd25519(logKey, voucher, answer.signature)
    );
  });
  if (liars.length > 0)
    throw cheated(
      channel,
      liars.map(({ identifier }) => identifier),
    );
  const vouchers = nodes.map(({ realmId }, index) => ({
    realmId,
    signature: (finished[index] as { readonly signature: Uint8Array }).signature,
  }));
  return { ceremony, wallet, shares: made.keys, vouchers };

  /** @throws {CheatError} what a node did not sign, or sealed to somebody else */
  function openAll(messages: typeof forUs): Promise<PassedShare[]> {
    return Promise.all(
      messages.map(async ({ from, to, sealed, signature }) => {
        const statement = round2MessageStatement(place, from, to, sealed);
        const { logKey } = nodes[from - 1] as WalletNode;
        const isSigned = signature !== null && verifyEd25519(logKey, statement, signature);
        const share = isSigned ? await openRound2(pair, round2SealContext(place, from, to), sealed) : null;
        if (share === null) throw new CheatError(from);
        return { from, to, share: new Secret(share) };
      }),
    );
  }
}

type CeremonyKind = 'DkgBegin' | 'DkgExchange' | 'DkgFinish';
type OkOf<K extends CeremonyKind> = Extract<
  Extract<WalletReply<K>, { readonly ok: true }>['answer'],
  { readonly outcome: 'Ok' }
>;

/** Every node's answer, in order. @throws {DomainError} `SomeNodesAway` @throws {CheatError} whom a node accuses */
async function askAll<K extends CeremonyKind>(
  nodes: readonly WalletNode[],
  ask: (node: WalletNode) => Promise<WalletReply<K>>,
): Promise<readonly OkOf<K>[]> {
  const replies = await Promise.all(nodes.map(ask));
  const answers: OkOf<K>[] = [];
  for (const reply of replies)
    if (reply.ok && reply.answer.outcome === 'Ok') answers.push(reply.answer as unknown as OkOf<K>);
    else if (reply.ok && reply.answer.outcome === 'Cheat') throw new CheatError(reply.answer.identifier);
  if (answers.length < nodes.length)
    throw new DomainError('SomeNodesAway', { reachable: answers.length, needed: nodes.length });
  return answers;
}

function cheated({ set }: NodeChannel, identifiers: readonly number[]): DomainError<'NodeCheated'> {
  const { nodes } = walletNodesOf(set.nodeSet, set.hash);
  const realmIds = nodes
    .filter(({ identifier }) => identifiers.includes(identifier))
    .map(({ realmId }) => realmId);
  return new DomainError('NodeCheated', { realmIds });
}
