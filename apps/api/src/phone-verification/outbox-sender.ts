import type { Secret } from '@hexkey/protocol';
import { SmsFailedError, type SmsSender } from './sms-sender.ts';

const timeoutMs = 5_000;

/** The development outbox: a page on this machine that shows what would have been sent. */
export function outboxSender(url: string, token: Secret<string>): SmsSender {
  return {
    async send({ to, text, locale, purpose }) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token.reveal()}` },
        body: JSON.stringify({ to: to.reveal(), text: text.reveal(), locale, purpose }),
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: Error) => {
        throw new SmsFailedError(`outbox: ${error.name}`);
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new SmsFailedError(`outbox: status ${answer.status}`);
    },
  };
}
