import type { BodyOf, routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/** Changes the profile name. Equal looks are stored equally: NFC, UAX #15. */
export async function renameAccount(
  { stores }: Pick<Deps, 'stores'>,
  { account }: Caller,
  { name }: BodyOf<typeof routes.updateProfile>,
): Promise<void> {
  await stores.accounts.rename(account.id, name.normalize('NFC'));
}
