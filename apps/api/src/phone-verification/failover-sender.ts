import { SmsFailedError, type SmsSender } from './sms-sender.ts';

export interface SmsProvider {
  /** For the log. */
  readonly name: string;
  readonly sender: SmsSender;
}

const rounds = 2;

/**
 * Providers in order of preference. One that does not take a message is followed by the next, and when none did, all are asked once
 * more: a message that arrives twice holds the same code.
 * @param onFailure told who failed and why, never the number or the text
 * @throws {SmsFailedError} when nobody took it
 */
export function failoverSender(
  providers: readonly SmsProvider[],
  onFailure: (provider: string, reason: string) => void,
): SmsSender {
  return {
    async send(message) {
      for (let round = 1; round <= rounds; round += 1)
        for (const { name, sender } of providers)
          try {
            return await sender.send(message);
          } catch (error) {
            if (!(error instanceof SmsFailedError)) throw error;
            onFailure(name, error.message);
          }
      throw new SmsFailedError('no provider took the message');
    },
  };
}
