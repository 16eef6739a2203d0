import type { LedgerInfo } from '@hexkey/contract';
import { type SignedNodeSet, toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { version } from '../version.ts';
import { getNodeSets } from './get-node-sets.ts';

export function serverHandlers(
  {
    clock,
    minimumClientVersion,
    sms,
    teamKey,
  }: Pick<Deps, 'clock' | 'minimumClientVersion' | 'sms' | 'teamKey'>,
  signedNodeSets: readonly SignedNodeSet[],
  operatorKey: Uint8Array,
  ledger: LedgerInfo | null,
): Pick<Handlers, 'health' | 'serverInfo' | 'getNodeSet' | 'getNodeSets'> {
  const { payload, signature } = signedNodeSets.at(-1) as SignedNodeSet;
  return {
    health: () => ({ status: 'ok', part: 'api', version, timeMs: clock.now() }),
    serverInfo: () => ({
      version,
      minimumClientVersion,
      timeMs: clock.now(),
      smsAvailable: sms !== null,
      operatorKey: toBase64url(operatorKey),
      teamKey: toBase64url(teamKey.publicKey),
      ledger,
    }),
    getNodeSet: () => ({ payload, signature }),
    getNodeSets: ({ caller }) => getNodeSets(signedNodeSets, caller),
  };
}
