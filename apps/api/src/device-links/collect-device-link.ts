import type { AnswerOf, BodyOf, routes } from '@hexkey/contract';
import { collectLinkStatement, toBase64url } from '@hexkey/protocol';
import type { Account } from '../accounts/accounts.store.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { readBytes } from '../field-bytes.ts';
import { verifyDeviceSignature } from '../sessions/device-key.ts';
import { sessionViewOf } from '../sessions/session-view.ts';
import type { Session } from '../sessions/sessions.store.ts';
import { startSession } from '../sessions/start-session.ts';
import type { DeviceLink } from './device-links.store.ts';
import { noSuchLink } from './scanned-link.ts';

type Route = typeof routes.collectDeviceLink;
type CollectDeps = Pick<Deps, 'clock' | 'random' | 'teamKey' | 'transact'>;

/**
 * How far a link is; once approved, a locked session and E as it was sealed. The same device may repeat a request whose answer was
 * lost, and gets the same session.
 * @throws {DomainError} `NotFound` (device-link): unknown, expired, or asked for by another key
 */
export async function collectDeviceLink(
  deps: CollectDeps,
  { linkId, signature }: BodyOf<Route>,
  address: string,
): Promise<AnswerOf<Route>> {
  const signed = readBytes(signature, 'signature');
  return deps.transact(async (stores) => {
    const link = await stores.deviceLinks.lock(linkId, deps.clock.now());
    if (link === null) throw noSuchLink();
    const statement = collectLinkStatement({ linkId, deviceKey: link.device_key });
    if (!verifyDeviceSignature(link.device_key, statement, signed)) throw noSuchLink();
    const { opened_by_session_id: openerId, encapsulated_key: encapsulatedKey, ciphertext } = link;
    if (openerId === null || encapsulatedKey === null || ciphertext === null)
      return { state: openerId === null ? 'waiting' : 'scanned', expiresAtMs: link.expires_at_ms };
    const account = await accountOf(stores, openerId);
    const session = await sessionOf(deps, stores, link, account, address);
    return {
      state: 'approved',
      session: sessionViewOf(session, account),
      encapsulatedKey: toBase64url(encapsulatedKey),
      ciphertext: toBase64url(ciphertext),
    };
  });
}

/** The account of the session that approved. A session that has ended took its links with it. */
async function accountOf(stores: Stores, sessionId: string): Promise<Account> {
  const opener = await stores.sessions.get(sessionId);
  const account = opener === null ? null : await stores.accounts.get(opener.account_id);
  if (account === null || account.deleted_at_ms !== null) throw noSuchLink();
  return account;
}

/** The one session of a link: made at the first request, and not again when it was ended meanwhile. */
async function sessionOf(
  deps: CollectDeps,
  stores: Stores,
  link: DeviceLink,
  account: Account,
  address: string,
): Promise<Session> {
  if (link.session_id !== null) {
    const collected = await stores.sessions.get(link.session_id);
    if (collected === null) throw noSuchLink();
    return collected;
  }
  const session = await startSession(deps, stores, account, {
    deviceKey: link.device_key,
    device: { name: link.device_name, platform: link.platform },
    operation: 'collectDeviceLink',
    address,
    method: 'link',
  });
  await stores.deviceLinks.update(link.id, { session_id: session.id });
  return session;
}
