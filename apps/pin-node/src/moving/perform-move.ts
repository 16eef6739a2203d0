import type { MoveAnswer, MoveRequest } from '@hexkey/protocol';
import type { OperationContext, OperationDeps } from '../operation.ts';
import { NodeRefusal } from '../refusal.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { activate } from './activate.ts';
import { arrive } from './arrive.ts';
import { close } from './close.ts';
import { dealOut } from './deal-out.ts';
import { moveStatus } from './move-status.ts';
import { takeShare } from './take-share.ts';

/** As `performRequest`, for `{address}move`. @param wallets null at a node that keeps none @throws {NodeRefusal} */
export async function performMove(
  deps: OperationDeps,
  wallets: WalletDeps | null,
  context: OperationContext,
  request: MoveRequest,
): Promise<MoveAnswer> {
  switch (request.kind) {
    case 'MoveStatus':
      return moveStatus(deps, context);
    case 'Arrive':
      return arrive(deps, context, request);
    case 'Close':
      return close(deps, context, request);
    case 'Activate':
      return activate(deps, context, request);
    case 'Deal':
      return dealOut(orRefuse(wallets), context, request);
    case 'TakeShare':
      return takeShare(orRefuse(wallets), context, request);
  }
}

/** @throws {NodeRefusal} 404, as for everything about wallets at a node that keeps none */
function orRefuse(wallets: WalletDeps | null): WalletDeps {
  if (wallets === null) throw new NodeRefusal(404, 'no wallets here');
  return wallets;
}
