import type { Account } from '../accounts/accounts.store.ts';
import type { Deps } from '../deps.ts';
import { openPhone } from './phone-numbers.ts';
import { SmsFailedError } from './sms-sender.ts';
import { type Alert, alertText } from './sms-texts.ts';

/**
 * Tells a number by SMS that something happened to its account. One that cannot be sent fails nothing: what it tells has happened, and
 * the devices are told too.
 * @param account as it was when the number was still its own
 */
export async function sendAlert(
  { keys, sms, log }: Pick<Deps, 'keys' | 'sms' | 'log'>,
  { id, phone_sealed: sealed }: Pick<Account, 'id' | 'phone_sealed'>,
  locale: 'en' | 'zh',
  alert: Alert,
): Promise<void> {
  if (sms === null || sealed === null) return;
  const to = openPhone(keys, id, sealed);
  try {
    await sms.send({ to, text: alertText(locale, alert), locale, purpose: 'alert' });
  } catch (error) {
    if (!(error instanceof SmsFailedError)) throw error;
    log.warn({ reason: error.message, alert }, 'SMS not delivered');
  }
}
