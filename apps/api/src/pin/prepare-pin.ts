import { type BodyOf, DomainError, type routes, type SessionView } from '@hexkey/contract';
import { attachStatement, equalBytes, isUsablePublicKey, verifyEd25519 } from '@hexkey/protocol';
import type { Account, PreparedPin } from '../accounts/accounts.store.ts';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { sessionViewOf } from '../sessions/session-view.ts';

type Body = BodyOf<typeof routes.preparePin>;

/**
 * Keeps what a first PIN will need, before the first node commits it. It may be replaced until it is activated.
 * @throws {DomainError} `PinAlreadySet`; `InvalidField` for keys, signature, node set or entropy that do not fit
 */
export async function preparePin(
  { stores, nodeSet }: Pick<Deps, 'stores' | 'nodeSet'>,
  { session, account }: Caller,
  body: Body,
): Promise<SessionView> {
  if (account.pin_state === 'set') throw new DomainError('PinAlreadySet', {});
  const pin = readPin(body);
  // A set that was begun with one set is finished with it.
  const isBegun = account.node_set_hash !== null && equalBytes(pin.nodeSetHash, account.node_set_hash);
  if (!isBegun && !equalBytes(pin.nodeSetHash, nodeSet.hash))
    throw invalidField('nodeSetHash', 'not the served node set');
  if (!isUsablePublicKey(pin.pinAuthKey)) throw invalidField('pinAuthKey', 'no usable key');
  checkAccountShard(account, pin);
  const statement = attachStatement({
    accountId: account.id,
    loginKey: pin.loginKey,
    deviceKey: session.device_key,
  });
  if (!verifyEd25519(pin.loginKey, statement, readBytes(body.loginSignature, 'loginSignature')))
    throw invalidField('loginSignature', 'does not verify');
  const outcome = await stores.accounts.preparePin(account.id, pin);
  if (outcome === 'already-set') throw new DomainError('PinAlreadySet', {});
  if (outcome === 'login-key-taken') throw invalidField('loginKey', 'belongs to another account');
  const prepared = await stores.accounts.get(account.id);
  if (prepared === null) throw new DomainError('SessionEnded', {});
  return sessionViewOf(session, prepared);
}

/** Words reach the entropy of a words account, and nothing is stored for it; a phone account's is kept sealed. */
function checkAccountShard(account: Account, pin: PreparedPin): void {
  if (account.registered_with === 'phone') {
    if (pin.sealedEntropy === null) throw invalidField('sealedEntropy', 'needed for a phone account');
    return;
  }
  if (pin.sealedEntropy !== null) throw invalidField('sealedEntropy', 'must be null for a words account');
  if (account.login_key === null || !equalBytes(account.login_key, pin.loginKey))
    throw invalidField('loginKey', "not the account's key");
}

function readPin(body: Body): PreparedPin {
  return {
    pinAuthKey: readBytes(body.pinAuthKey, 'pinAuthKey'),
    loginKey: readBytes(body.loginKey, 'loginKey'),
    nodeSetHash: readBytes(body.nodeSetHash, 'nodeSetHash'),
    sealedEntropy: body.sealedEntropy === null ? null : readBytes(body.sealedEntropy, 'sealedEntropy'),
  };
}
