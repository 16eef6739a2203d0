import {
  CheatError,
  equalBytes,
  MalformedError,
  type Round2Share,
  round2MessageStatement,
  round2SealContext,
  type SealedRound2,
  Secret,
  signEd25519,
  toHex,
  type WalletAnswer,
  type WalletPackage,
  type WalletRequest,
  walletPackageHash,
  walletVoucherStatement,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import { NodeRefusal } from '../refusal.ts';
import { decideOnWallet, isRefused } from './decide-on-wallet.ts';
import { findCeremony } from './exchange-shares.ts';
import { accountName, type Ceremony, type WalletDeps } from './wallet-deps.ts';
import type { HeldShare } from './wallet-state.ts';

type FinishRequest = Extract<WalletRequest, { kind: 'DkgFinish' }>;

const maxStaged = 4;

/**
 * Round 3: opens and checks what the others sent, keeps the share staged, durably, and vouches for the package. The same request again gets
 * the same voucher; a ceremony in which somebody cheated is over.
 * @throws {NodeRefusal} 400, 401
 */
export async function finishCeremony(
  deps: WalletDeps,
  context: OperationContext,
  request: FinishRequest,
): Promise<WalletAnswer> {
  const kind = 'DkgFinish';
  const staged = await findStaged(deps, context, request.ceremony);
  if (staged !== null) return voucherOf(deps, context, staged);
  const ceremony = await findCeremony(deps, context, request.ceremony);
  if (ceremony === null || ceremony.transcript === null) return { kind, outcome: 'Gone' };
  try {
    const shares = await openShares(deps, context, ceremony, request);
    const { key, public: made } = ceremony.generation.finish(shares);
    const wallet: WalletPackage = { epoch: 1, nodeSetHash: deps.walletNodes.setHash, ...made };
    const share = { ceremony: request.ceremony, package: wallet, key, founder: ceremony.device };
    return await stage(deps, context, share);
  } catch (error) {
    if (error instanceof CheatError) return { kind, outcome: 'Cheat', identifier: error.identifier };
    if (error instanceof MalformedError) throw new NodeRefusal(400, 'the messages are not of this ceremony');
    throw error;
  } finally {
    deps.ceremonies.forget(accountName(context), toHex(request.ceremony));
  }
}

async function findStaged(
  deps: WalletDeps,
  context: OperationContext,
  ceremony: Uint8Array,
): Promise<HeldShare | null> {
  const found = await decideOnWallet<HeldShare | null>(deps, context, 'wallet', ({ wallet }, { device }) => {
    const share = wallet.staged.find((held) => equalBytes(held.ceremony, ceremony));
    const isOwn = share?.founder && equalBytes(share.founder, device);
    return { keep: share && isOwn ? share : null };
  });
  return isRefused(found) ? null : found;
}

async function openShares(
  deps: WalletDeps,
  context: OperationContext,
  { transcript }: Ceremony,
  { ceremony, messages }: FinishRequest,
): Promise<Round2Share[]> {
  if (transcript === null) throw new MalformedError('round 1 did not come yet');
  const place = { user: context.requester.user, ceremony, transcript };
  const to = deps.self.identifier;
  return Promise.all(
    messages.map(async (message) => {
      const { from, sealed } = message;
      if (!isSignedBySender(deps, place, message)) throw new CheatError(from);
      const share = await deps.sealing.open(sealed, round2SealContext(place, from, to));
      if (share === null) throw new CheatError(from);
      return { from, share: new Secret(share) };
    }),
  );
}

/** A node signs with its log key; the client's own messages are covered by the proof of the request that brings them. */
function isSignedBySender(
  deps: WalletDeps,
  place: Parameters<typeof round2MessageStatement>[0],
  { from, sealed, signature }: SealedRound2,
): boolean {
  const node = deps.walletNodes.nodes.find(({ identifier }) => identifier === from);
  if (node === undefined) return signature === null;
  const signed = round2MessageStatement(place, from, deps.self.identifier, sealed);
  return signature !== null && deps.verify(node.logKey, signed, signature);
}

async function stage(deps: WalletDeps, context: OperationContext, share: HeldShare): Promise<WalletAnswer> {
  const kind = 'DkgFinish';
  const stored = await decideOnWallet<null>(deps, context, 'wallet', ({ wallet }) => {
    if (wallet.committed !== null) return { refuse: { outcome: 'WalletExists' } };
    const staged = [...wallet.staged, share].slice(-maxStaged);
    return { wallet: { ...wallet, staged }, tell: false, result: null };
  });
  return isRefused(stored) ? { kind, ...stored } : voucherOf(deps, context, share);
}

function voucherOf(deps: WalletDeps, context: OperationContext, share: HeldShare): WalletAnswer {
  const packageHash = walletPackageHash(share.package);
  const { realmId } = deps;
  const { user } = context.requester;
  const statement = walletVoucherStatement({ realmId, user, ceremony: share.ceremony, packageHash });
  return { kind: 'DkgFinish', outcome: 'Ok', packageHash, signature: signEd25519(deps.logKeys, statement) };
}
