import {
  CheatError,
  ceremonyTranscript,
  equalBytes,
  MalformedError,
  round2MessageStatement,
  round2SealContext,
  type SealedMessage,
  type Secret,
  signEd25519,
  toHex,
  type WalletAnswer,
  type WalletRequest,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import { NodeRefusal } from '../refusal.ts';
import { deviceNameOf } from '../requester/requester.ts';
import { decideOnWallet } from './decide-on-wallet.ts';
import { accountName, type Ceremony, type WalletDeps } from './wallet-deps.ts';

type ExchangeRequest = Extract<WalletRequest, { kind: 'DkgExchange' }>;

/**
 * Round 2: this node's share for each other participant, sealed so that whoever carries it reads nothing, and signed so that nobody can
 * put another in its place.
 * @throws {NodeRefusal} 400, 401
 */
export async function exchangeShares(
  deps: WalletDeps,
  context: OperationContext,
  request: ExchangeRequest,
): Promise<WalletAnswer> {
  const kind = 'DkgExchange';
  const ceremony = await findCeremony(deps, context, request.ceremony);
  if (ceremony === null) return { kind, outcome: 'Gone' };
  try {
    const shares = ceremony.generation.exchange(request.round1);
    const transcript = ceremonyTranscript(request.round1);
    ceremony.transcript = transcript;
    const place = { user: context.requester.user, ceremony: request.ceremony, transcript };
    const messages = await Promise.all(
      [...shares].map(([to, share]) => messageTo(deps, place, ceremony.clientKey, to, share)),
    );
    return { kind, outcome: 'Ok', messages };
  } catch (error) {
    if (error instanceof CheatError) return { kind, outcome: 'Cheat', identifier: error.identifier };
    if (error instanceof MalformedError) throw new NodeRefusal(400, 'the packages are not of this ceremony');
    throw error;
  }
}

/** The ceremony, for the device that began it; null when it is not in memory. @throws {NodeRefusal} 401 */
export async function findCeremony(
  deps: WalletDeps,
  context: OperationContext,
  ceremonyId: Uint8Array,
): Promise<Ceremony | null> {
  // Whoever may not ask at all hears of that first.
  await decideOnWallet(deps, context, 'wallet', () => ({ keep: null }));
  const found = deps.ceremonies.find(accountName(context), toHex(ceremonyId), context.time.nowMs);
  return found !== undefined && equalBytes(found.device, deviceNameOf(context.requester)) ? found : null;
}

async function messageTo(
  deps: WalletDeps,
  place: Parameters<typeof round2SealContext>[0],
  clientKey: Uint8Array,
  to: number,
  share: Secret<Uint8Array>,
): Promise<SealedMessage> {
  const from = deps.self.identifier;
  const receiver = deps.walletNodes.nodes.find(({ identifier }) => identifier === to)?.hpkeKey ?? clientKey;
  const sealed = await deps.sealing.seal(receiver, round2SealContext(place, from, to), share);
  return {
    to,
    sealed,
    signature: signEd25519(deps.logKeys, round2MessageStatement(place, from, to, sealed)),
  };
}
