import type { AnswerOf, routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { maskPhone, openPhone } from '../phone-verification/phone-numbers.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/** The account as its owner sees it, behind the PIN. */
export async function viewAccount(
  { keys, stores }: Pick<Deps, 'keys' | 'stores'>,
  { account }: Caller,
): Promise<AnswerOf<typeof routes.getAccount>> {
  if (account.pin_set_at_ms === null) throw new Error('a full session on an account without a PIN');
  const avatarId = await stores.avatars.idOf(account.id);
  return {
    accountId: account.id,
    hexkeyId: account.hexkey_id,
    name: account.name,
    avatarId: avatarId === null ? null : toBase64url(avatarId),
    phoneMasked:
      account.phone_sealed === null ? null : maskPhone(openPhone(keys, account.id, account.phone_sealed)),
    registeredWith: account.registered_with,
    createdAtMs: account.created_at_ms,
    pinSetAtMs: account.pin_set_at_ms,
  };
}
