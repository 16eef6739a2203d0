import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { isEraseOrderGood, Secret, verifyEd25519 } from '@hexkey/protocol';
import { isRightCode } from '../codes/four-digit-codes.ts';
import { tryCode } from '../codes/try-code.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { eraseSubjectIn, requireNodeSet } from './erase-subject.ts';
import { waitMs } from './prepare-deletion.ts';

type Body = BodyOf<typeof routes.requestDeletion>;

/** The day was said when the code was sent; its owner has this long to type it, and the PIN. */
const patienceMs = 15 * 60_000;

/**
 * Writes down that the account is to be deleted, and ends its sessions: nothing about it changes any more unless its owner logs in and takes
 * it back. The order is of use to its nodes only, and on its day.
 * @throws {DomainError} `InvalidField` (effectiveAtMs, sequence, signature, code), `WrongCode`, `ExpiredCode`, `CodeAskedTooOften`, `Forbidden`
 *   while the secret of the PIN is being replaced
 */
export async function requestDeletion(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'nodeSets'>,
  caller: Caller,
  body: Body,
  address: string,
): Promise<void> {
  const order = judgeOrder(deps, caller, body);
  await tryCode(deps, address, () =>
    deps.transact(async (stores): Promise<DomainError | object> => {
      const { account, session } = caller;
      const refusal = await judgeCode(deps, stores, caller, body);
      if (refusal !== null) return refusal;
      // A secret that takes the place of this one would leave an order that no node obeys.
      if ((await stores.preparedSecrets.list(account.id)).length > 0)
        return new DomainError('Forbidden', { reason: 'not-allowed' });
      const before = await stores.deletions.lock(account.id);
      if (before !== null && before.sequence >= body.sequence)
        return invalidField('sequence', 'not above the last one');
      await addLogEntry(deps, stores, session, { operation: 'requestDeletion', outcome: 'success', address });
      await stores.deletions.put({ ...order, state: 'pending' });
      await stores.sessions.dropAll(account.id);
      return {};
    }),
  );
}

function judgeOrder(deps: Pick<Deps, 'clock' | 'nodeSets'>, { account }: Caller, body: Body) {
  const nowMs = deps.clock.now();
  const { effectiveAtMs, sequence } = body;
  if (effectiveAtMs > nowMs + waitMs || effectiveAtMs < nowMs + waitMs - patienceMs)
    throw invalidField('effectiveAtMs', 'not the day that was said');
  const subject = eraseSubjectIn(requireNodeSet(deps, account.node_set_hash), account.id);
  const signature = readBytes(body.signature, 'signature');
  const order = { effectiveAtMs, sequence, signature };
  if (!isEraseOrderGood(subject, order, account.pin_auth_key ?? new Uint8Array(32), verifyEd25519))
    throw invalidField('signature', 'does not verify');
  return {
    account_id: account.id,
    node_set_hash: subject.nodeSetHash,
    requested_at_ms: nowMs,
    effective_at_ms: effectiveAtMs,
    sequence,
    signature,
  };
}

/** @returns why not; the try is spent then */
async function judgeCode(
  deps: Pick<Deps, 'clock' | 'keys'>,
  stores: Stores,
  { session, account }: Caller,
  { code: given }: Body,
): Promise<DomainError | null> {
  if ((given === null) !== (account.phone_hash === null))
    return invalidField('code', given === null ? 'needed: the account has a number' : 'there is no number');
  if (given === null) return null;
  const live = await stores.phoneVerifications.lock(given.verificationId);
  if (
    live === null ||
    live.purpose !== 'delete' ||
    live.for_session_id !== session.id ||
    live.expires_at_ms <= deps.clock.now() ||
    live.tries_left === 0
  )
    return new DomainError('ExpiredCode', {});
  if (isRightCode(deps.keys, live.id, live.code_mac, new Secret(given.code))) {
    await stores.phoneVerifications.drop(live.id);
    return null;
  }
  const triesLeft = live.tries_left - 1;
  await stores.phoneVerifications.setTriesLeft(live.id, triesLeft);
  return new DomainError('WrongCode', { triesLeft });
}
