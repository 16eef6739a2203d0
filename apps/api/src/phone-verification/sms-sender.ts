import type { Secret } from '@hexkey/protocol';

export interface SmsMessage {
  /** E.164. */
  readonly to: Secret<string>;
  /** May hold a code. */
  readonly text: Secret<string>;
  readonly locale: 'en' | 'zh';
  readonly purpose: 'register' | 'login' | 'link' | 'delete' | 'alert';
}

/** A way to send SMS. */
export interface SmsSender {
  /** @throws {SmsFailedError} when the provider did not take the message */
  send(message: SmsMessage): Promise<void>;
}

/** The provider refused or could not be reached. Its message never holds the number or the text. */
export class SmsFailedError extends Error {
  override readonly name = 'SmsFailedError';
}
