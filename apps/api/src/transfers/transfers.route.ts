import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { createTransfer } from './create-transfer.ts';
import { listTransfers } from './list-transfers.ts';
import { putSignedTransfer } from './put-signed-transfer.ts';
import { settleTransfer } from './settle-transfer.ts';

type TransferRoute = 'createTransfer' | 'putSignedTransfer' | 'settleTransfer' | 'listTransfers';

export function transferHandlers(deps: Deps): Pick<Handlers, TransferRoute> {
  return {
    createTransfer: ({ caller, body, address }) => createTransfer(deps, caller, body, address),
    putSignedTransfer: ({ caller, body }) => putSignedTransfer(deps, caller, body),
    settleTransfer: ({ caller, body }) => settleTransfer(deps, caller, body),
    listTransfers: ({ caller, query }) => listTransfers(deps, caller, query),
  };
}
