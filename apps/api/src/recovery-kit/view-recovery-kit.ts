import type { RecoveryKitView } from '@hexkey/contract';
import type { Account } from '../accounts/accounts.store.ts';
import type { Deps } from '../deps.ts';
import { maskPhone, openPhone } from '../phone-verification/phone-numbers.ts';
import { contactOf } from '../recovery-contacts/contact-of.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { methodsOf } from './count-methods.ts';

const verifyEveryMs = 60 * 24 * 60 * 60_000;

/** The state of the three methods. It does not name the contact, which needs the PIN. */
export async function viewRecoveryKit(
  { clock, keys, stores }: Pick<Deps, 'clock' | 'keys' | 'stores'>,
  { account }: Caller,
): Promise<RecoveryKitView> {
  const nowMs = clock.now();
  const contact = await contactOf(stores, account.id);
  const worked = await stores.drills.lastOf(account.id);
  const snoozed = await stores.reminders.snoozedOf(account.id);
  const pending = await stores.contactLogins.pendingOf(account.id, nowMs);
  const sessions = await stores.sessions.list(account.id, nowMs);
  return {
    phone: { ...phoneOf(keys, account), lastWorkedAtMs: worked.phone ?? null },
    words: {
      state: account.words_backed_up_at_ms === null ? 'not-backed-up' : 'backed-up',
      backedUpAtMs: account.words_backed_up_at_ms,
      lastWorkedAtMs: worked.words ?? null,
    },
    contact: {
      state: contact === null ? 'not-added' : 'added',
      setAtMs: contact?.setAtMs ?? null,
      problem: contact?.problem ?? null,
      lastWorkedAtMs: worked.contact ?? null,
    },
    methods: methodsOf(account, contact),
    fullDevices: sessions.filter(({ state }) => state === 'full').length,
    reminders: { kitSnoozedUntilMs: snoozed.kit ?? null, phoneSnoozedUntilMs: snoozed.phone ?? null },
    pendingContactLogin:
      pending === null || pending.requested_at_ms === null
        ? null
        : {
            contactLoginId: pending.id,
            requestedAtMs: pending.requested_at_ms,
            expiresAtMs: pending.expires_at_ms,
            place: pending.place,
          },
  };
}

function phoneOf(
  keys: Deps['keys'],
  { id, phone_sealed: sealed, phone_verified_at_ms: verifiedAtMs }: Account,
): Omit<RecoveryKitView['phone'], 'lastWorkedAtMs'> {
  if (sealed === null)
    return { state: 'not-added', phoneMasked: null, verifiedAtMs: null, verifyDueAtMs: null };
  return {
    state: 'added',
    phoneMasked: maskPhone(openPhone(keys, id, sealed)),
    verifiedAtMs,
    verifyDueAtMs: (verifiedAtMs ?? 0) + verifyEveryMs,
  };
}
