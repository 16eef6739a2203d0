import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import type { Account, FirstLogin } from './accounts.store.ts';
import { newHexkeyId } from './hexkey-id.ts';

const draws = 50;

/** The account of a login key or number: a new one, or the one that has it already. */
export async function createAccount(
  { clock, random }: Pick<Deps, 'clock' | 'random'>,
  stores: Pick<Stores, 'accounts'>,
  id: string,
  login: FirstLogin,
): Promise<{ readonly account: Account; readonly isNew: boolean }> {
  for (let draw = 0; draw < draws; draw += 1) {
    const account = await stores.accounts.create(id, newHexkeyId(random), login, clock.now());
    if (account !== null) return { account, isNew: true };
    const existing =
      login.registeredWith === 'words'
        ? await stores.accounts.findByLoginKey(login.loginKey)
        : await stores.accounts.findByPhone(login.phoneHash);
    if (existing !== null) return { account: existing, isNew: false };
    // Neither made nor found: the nine digits were taken. Draw again.
  }
  throw new Error('no free Hexkey ID found');
}
