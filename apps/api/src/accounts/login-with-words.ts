import { type BodyOf, DomainError, type routes, type SessionView } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { sessionViewOf } from '../sessions/session-view.ts';
import { startSession } from '../sessions/start-session.ts';
import { verifyWordsLogin } from './verify-words-login.ts';

/** A locked session. @throws {DomainError} `NotFound` (account), and what `verifyWordsLogin` throws */
export async function loginWithWords(
  deps: Pick<Deps, 'clock' | 'random' | 'stores' | 'transact' | 'teamKey'>,
  body: BodyOf<typeof routes.loginWithWords>,
  address: string,
): Promise<SessionView> {
  const { loginKey, deviceKey } = await verifyWordsLogin(deps, 'login', body);
  return deps.transact(async (stores) => {
    const account = await stores.accounts.findByLoginKey(loginKey);
    if (account === null) throw new DomainError('NotFound', { what: 'account' });
    const operation = 'loginWithWords';
    const session = await startSession(deps, stores, account, {
      deviceKey,
      device: body.device,
      operation,
      address,
      method: 'words',
    });
    return sessionViewOf(session, account);
  });
}
