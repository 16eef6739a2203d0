import type { AnswerOf, routes } from '@hexkey/contract';
import type { ServerKeys } from '../keys/server-keys.ts';
import { maskPhone, openPhone } from '../phone-verification/phone-numbers.ts';
import type { Account } from './accounts.store.ts';

/** The account as its owner sees it, behind the PIN. */
export function accountViewOf(
  keys: Pick<ServerKeys, 'phone'>,
  account: Account,
): AnswerOf<typeof routes.getAccount> {
  if (account.pin_set_at_ms === null) throw new Error('a full session on an account without a PIN');
  return {
    accountId: account.id,
    hexkeyId: account.hexkey_id,
    name: account.name,
    phoneMasked:
      account.phone_sealed === null ? null : maskPhone(openPhone(keys, account.id, account.phone_sealed)),
    registeredWith: account.registered_with,
    createdAtMs: account.created_at_ms,
    pinSetAtMs: account.pin_set_at_ms,
  };
}
