import type { ErrorName } from '@hexkey/contract';

/** What happened, and what to do about it. */
export interface ErrorWords {
  readonly what: string;
  readonly next: string;
}

/** One entry for each refusal of the contract: a new one fails to compile until it has words. */
export const errorsEn: Record<ErrorName | 'Unknown', ErrorWords> = {
  Unknown: {
    what: 'Something broke on our side.',
    next: 'Try again. If it stays, ask whoever runs your server.',
  },
  SessionEnded: { what: 'Your login on this device has ended.', next: 'Log in again.' },
  Forbidden: { what: 'This needs your PIN first.', next: 'Enter your PIN, then try again.' },
  NotFound: { what: 'We found no such account.', next: 'Check what you typed, or create an account.' },
  TooMany: { what: 'Too many requests.', next: 'Wait {time}, then try again.' },
  Internal: { what: 'The server broke.', next: 'Try again in a minute.' },
  Unavailable: { what: 'The server is not ready.', next: 'Try again in {time}.' },
  InvalidField: { what: 'Something you typed is not accepted.', next: 'Check it and try again.' },
  SmsNotDelivered: {
    what: 'The text message could not be sent.',
    next: 'Try later, or use a mnemonic phrase.',
  },
  CaptchaWrong: { what: 'The check was not passed.', next: 'Try again.' },
  CaptchaNeeded: { what: 'The server wants to know that you are a person.', next: 'Try again later.' },
  UpdateRequired: { what: 'This version is too old.', next: 'Reload to update.' },
  ClockSkewed: { what: 'The clock of this device is wrong.', next: 'Set it, then try again.' },
  InvalidPhoneNumber: {
    what: 'This phone number does not exist.',
    next: 'Check the country and the digits.',
  },
  WrongCode: { what: 'Wrong code.', next: 'Tries left: {count}.' },
  ExpiredCode: { what: 'This code no longer works.', next: 'Ask for a new one.' },
  WrongPin: { what: 'Wrong PIN.', next: 'Tries left: {count}.' },
  PhoneNumberInUse: { what: 'This number already has an account.', next: 'Log in with it instead.' },
  CodeAskedTooOften: { what: 'Too many codes were asked for.', next: 'Wait {time}, then try again.' },
  NoRecoveryMethod: {
    what: 'You have no way back in yet.',
    next: 'Save your phrase or add a phone number first.',
  },
  PinAlreadySet: { what: 'This account already has a PIN.', next: 'Reload, then enter that PIN.' },
  PinLocked: { what: 'PIN entry is locked.', next: 'Wait {time}, then try again.' },
  NodesUnavailable: {
    what: 'Too few guardians of your PIN answer.',
    next: '{reachable} of the {needed} that are needed were reached. Check your connection and retry.',
  },
  NodeSetMismatch: {
    what: 'The guardians of your PIN are not the ones you set it with.',
    next: 'Your PIN was not sent. Do not go on until whoever runs your server explains it.',
  },
  PinRecordMissing: {
    what: 'The guardians of your PIN have no record of it.',
    next: 'Ask whoever runs your server whether data was lost.',
  },
  PinSetInterrupted: {
    what: 'Nothing was left to finish.',
    next: 'Choose your PIN anew.',
  },
  OnlyCopyOfWords: { what: 'This device holds the only copy of your words.', next: 'Save them first.' },
  InvalidPhrase: { what: 'These words are not a valid phrase.', next: 'Check each word and the order.' },
  WeakPin: {
    what: 'This PIN is too easy to guess.',
    next: 'Use at least three different digits, and not 123456.',
  },
  Offline: { what: 'You are offline.', next: 'Connect to the internet and retry.' },
  StorageUnavailable: {
    what: 'This browser cannot keep Hexkey’s keys.',
    next: 'Free some space, or leave the private window, then try again.',
  },
};
