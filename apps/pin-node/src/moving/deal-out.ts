import {
  type DealPlace,
  type DealtPackage,
  dealShare,
  dealtSealContext,
  dealtStatement,
  equalBytes,
  isMoveOrderGood,
  MalformedError,
  type MoveAnswerTo,
  type MovePath,
  type MoveRequest,
  type SealedMessage,
  type Secret,
  signEd25519,
  type VerifiedNodeSet,
  walletNodesOf,
  walletPackageHash,
} from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext } from '../operation.ts';
import { NodeRefusal } from '../refusal.ts';
import { deviceNameOf } from '../requester/requester.ts';
import { isRefusal, requireWalletDevice, walletFor } from '../wallet/rights.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import type { CommittedShare } from '../wallet/wallet-state.ts';
import { readChain } from './read-chain.ts';

type DealRequest = Extract<MoveRequest, { kind: 'Deal' }>;
type Answer = MoveAnswerTo<'Deal'>;
type WithoutKind<A> = A extends unknown ? Omit<A, 'kind'> : never;

/**
 * Shares this node's share of the wallet's key out among the holders of the set that the owner moves to, each part sealed to its receiver. It
 * keeps its own until it closes, so an interrupted move has changed nothing; asked again it deals by another polynomial, and neither tells
 * anything of the share to fewer than sign. For a device past its hold that has just shown the PIN, and on the owner's order.
 * @throws {NodeRefusal} 400, 401
 */
export async function dealOut(
  deps: WalletDeps,
  context: OperationContext,
  request: DealRequest,
): Promise<Answer> {
  const kind = 'Deal';
  const requester = requireWalletDevice(context.requester);
  const { from, to } = readChain(deps, request.chain, 'from');
  const path: MovePath = { user: requester.user, from: from.hash, to: to.hash };
  const { nowMs } = context.time;
  const device = deviceNameOf(requester);
  type Decided = Exclude<Answer, { outcome: 'Ok' }> | CommittedShare;
  const decided = await decideOnRecord(deps, context, (record, caller): Decision<Decided> => {
    const refuse = (why: WithoutKind<Exclude<Answer, { outcome: 'Ok' }>>): Decision<Decided> => ({
      note: { operation: 'deal', outcome: 'refused' },
      result: { kind, ...why },
    });
    const needs = { recentPin: true, pastHold: true } as const;
    const wallet = walletFor(record, { caller, device, nowMs }, needs);
    if (isRefusal(wallet)) {
      if (wallet.outcome === 'OnHold') return refuse(wallet);
      return refuse({ outcome: wallet.outcome === 'PinNeeded' ? 'PinNeeded' : 'NoWallet' });
    }
    if (!equalBytes(walletPackageHash(wallet.package), request.packageHash))
      return refuse({ outcome: 'NoWallet' });
    if (!isMoveOrderGood(path, request.order, wallet.pinAuthKey, deps.verify))
      return refuse({ outcome: 'Refused' });
    return { write: record, event: { operation: 'deal', outcome: 'done' }, result: wallet };
  });
  if ('outcome' in decided) return decided;
  const { arrived, packageHash, dealers, clientKey } = request;
  return deal(deps, { path, arrived, packageHash, dealers }, decided, to, clientKey);
}

async function deal(
  deps: WalletDeps,
  place: DealPlace,
  { key, package: wallet }: CommittedShare,
  to: VerifiedNodeSet,
  clientKey: Uint8Array,
): Promise<Answer> {
  const { parties, nodes } = walletNodesOf(to.nodeSet, to.hash);
  const dealt = orRefuse(() => dealShare(key, wallet, place.dealers, parties, deps.random));
  const messages = await Promise.all(
    [...dealt.shares].map(([identifier, share]) => {
      const receiver = nodes.find((node) => node.identifier === identifier)?.hpkeKey ?? clientKey;
      return messageTo(deps, place, dealt.package, identifier, receiver, share);
    }),
  );
  return { kind: 'Deal', outcome: 'Ok', commitment: dealt.package.commitment, messages };
}

async function messageTo(
  deps: WalletDeps,
  place: DealPlace,
  dealt: DealtPackage,
  to: number,
  receiver: Uint8Array,
  share: Secret<Uint8Array>,
): Promise<SealedMessage> {
  const sealed = await deps.sealing.seal(receiver, dealtSealContext(place, dealt.identifier, to), share);
  return { to, sealed, signature: signEd25519(deps.logKeys, dealtStatement(place, dealt, to, sealed)) };
}

function orRefuse<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof MalformedError) throw new NodeRefusal(400, 'these dealers do not deal here');
    throw error;
  }
}
