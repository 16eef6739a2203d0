import type { Context, Report } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';
import { hexkeyIdForm, payAfterShowing } from './send-transfer.ts';

/**
 * Pays without the account server. What an earlier run has signed and nobody saw on the ledger is sent again first: those bytes, never others.
 * @throws {DomainError} what `quote` and `send` throw, `ServerNeeded` @throws {UsageError} a person instead of an address
 */
export async function signOffline(context: Context): Promise<Report> {
  const [to = ''] = context.parameters;
  if (hexkeyIdForm.test(to))
    throw new UsageError('Whose address it is only the server knows. Name the address itself.');
  await context.hexkey.wallet.resume();
  return payAfterShowing(context, { withoutServer: true });
}
