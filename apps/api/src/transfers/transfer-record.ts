import type { TransferRecord } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { StoredTransfer } from './transfers.store.ts';

export function transferRecordOf(row: StoredTransfer): TransferRecord {
  return {
    intentId: row.intent_id,
    createdAtMs: row.created_at_ms,
    message: toBase64url(row.message),
    recipientHexkeyId: row.recipient_hexkey_id,
    state: row.state,
    failure: row.failure,
    transaction: row.signed_transaction === null ? null : toBase64url(row.signed_transaction),
  };
}
