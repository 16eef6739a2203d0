import type { BodyOf, routes, SessionView } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { sessionViewOf } from '../sessions/session-view.ts';
import { startSession } from '../sessions/start-session.ts';
import { createAccount } from './create-account.ts';
import { verifyWordsLogin } from './verify-words-login.ts';

/**
 * A new account for a login key; one that exists is logged in to, so that a client may repeat a lost answer.
 * @throws {DomainError} what `verifyWordsLogin` throws
 */
export async function registerWithWords(
  deps: Pick<Deps, 'clock' | 'random' | 'stores' | 'transact' | 'teamKey'>,
  body: BodyOf<typeof routes.registerWithWords>,
  address: string,
): Promise<SessionView> {
  const { loginKey, deviceKey } = await verifyWordsLogin(deps, 'register', body);
  return deps.transact(async (stores) => {
    const login = { registeredWith: 'words', loginKey } as const;
    const { account, isNew } = await createAccount(deps, stores, newUuid(deps.random), login);
    const operation = isNew ? 'registerWithWords' : 'loginWithWords';
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
