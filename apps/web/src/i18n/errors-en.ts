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
  NoNodeSetChange: {
    what: 'Your PIN is with the new guardians already.',
    next: 'There is nothing to do.',
  },
  MoveRefused: {
    what: 'The new guardians do not take your PIN.',
    next: 'It stays where it is and works as before. Retry in half an hour; if it happens again, tell whoever runs your server.',
  },
  WalletStaysBehind: {
    what: 'Your wallet is not made yet, so it cannot go along to the new guardians.',
    next: 'Nothing was changed. Open your wallet until it shows an address, then move.',
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
  StaleDeviceList: {
    what: 'Another of your devices was faster.',
    next: 'Enter your PIN once more.',
  },
  PinHistoryUnread: {
    what: 'There is no history on this device yet.',
    next: 'It is read each time you enter your PIN here.',
  },
  ThisDevice: { what: 'This is the device you are using.', next: 'To leave it, use Log out.' },
  SomeNodesAway: {
    what: 'Some PIN nodes do not answer. Nothing was changed.',
    next: 'Try again, or go on with the nodes that answer.',
  },
  SecretReplaced: {
    what: 'Your PIN was made safe anew on another device. What this device keeps no longer opens.',
    next: 'Switch account here, then log in again with your words or phone number.',
  },
  InvalidRecoveryContact: {
    what: 'This person cannot be your recovery contact.',
    next: 'Check the Hexkey ID. You must have added each other.',
  },
  PhoneNeeded: { what: 'A recovery contact needs a phone number.', next: 'Add your phone number first.' },
  NoRecoveryContact: { what: 'You have no recovery contact.', next: 'Set one in your Recovery Kit.' },
  NotAPerson: { what: 'You cannot add or block this one.', next: 'Choose somebody else.' },
  DrillElsewhere: {
    what: 'This is not the phone number of your account.',
    next: 'Type the number that your Recovery Kit shows the end of.',
  },
  DrillWithoutShard: {
    what: 'The login worked, but your account shard did not come with it.',
    next: 'Keep your words at hand: they still bring you back. Verify your number once more, and tell support if it happens again.',
  },
  DrillEnded: { what: 'This rehearsal is over.', next: 'Begin it again. Nothing was changed.' },
  PinNeededAgain: { what: 'You typed your PIN a while ago.', next: 'Go back and type it again.' },
  WordsDiffer: { what: 'One of the words is not yours.', next: 'Check the marked word against your paper.' },
  NotALinkCode: {
    what: 'This is not the code of a new device.',
    next: 'On the new device choose Existing account, then Link to a device, and scan the code it shows.',
  },
  LinkNotGenuine: {
    what: 'What arrived was not sent by the device that scanned your code.',
    next: 'Scan a new code. If it happens again, log in with your words or phone number.',
  },
  GroupExists: { what: 'This conversation exists already.', next: 'Open it in your chats.' },
  StaleEpoch: { what: 'Somebody changed the group at the same moment.', next: 'Try again.' },
  NotAMember: { what: 'You are not in this group.', next: 'Ask a member to add you.' },
  OwnerMustHandOver: { what: 'You own this group.', next: 'Make another member the owner, then leave.' },
  ChatClosed: { what: 'Nothing can be sent here now.', next: 'Read above the text field why.' },
  EditTooLate: {
    what: 'This message is older than 15 minutes and can no longer be changed.',
    next: 'Delete it, or write another one.',
  },
  AttachmentTooLarge: {
    what: 'This file is too large: an attachment holds at most 100 MB.',
    next: 'Send a smaller one, or split it.',
  },
  AttachmentGone: {
    what: 'This attachment is no longer on the server. It is kept for 30 days, or until every device has it.',
    next: 'Ask whoever sent it to send it again.',
  },
  AttachmentSpaceFull: {
    what: 'Too much of what you sent still waits to be fetched.',
    next: 'Wait until others have fetched it, or delete what you sent.',
  },
  MessageTooLong: { what: 'This message is too long.', next: 'Send it in several parts.' },
  NoDeviceToReach: {
    what: 'They cannot take part in conversations yet.',
    next: 'Ask them to open Hexkey and enter their PIN.',
  },
  GroupFull: { what: 'The group is full.', next: 'Remove somebody, or make a second group.' },
  TooManyContacts: { what: 'Your list is full.', next: 'Remove somebody first.' },
  StorageUnavailable: {
    what: 'This browser cannot keep Hexkey’s keys.',
    next: 'Free some space, or leave the private window, then try again.',
  },
  InsufficientBalance: {
    what: 'Your balance is too low.',
    next: 'Send less, or add funds. Fees are paid in SOL.',
  },
  DeletionPending: {
    what: 'This account is about to be deleted.',
    next: 'To keep it, log in, choose to keep it, and enter your PIN before the day.',
  },
  AccountDeleted: { what: 'This person deleted their account.', next: 'Ask them where to send it instead.' },
  ExportTooEarly: {
    what: 'The key may not leave yet. The guardians wait seven days.',
    next: 'Come back when the time is over. Until then each of your devices can cancel it.',
  },
  NoExport: {
    what: 'Taking the key out was not begun on this device, was cancelled, or its time is over.',
    next: 'Begin it again.',
  },
  ServerNeeded: {
    what: 'Without the server this device cannot pay: it does not hold all it takes. Nothing was paid.',
    next: 'Use another of your devices, or try again when the server is there.',
  },
  WalletMissing: {
    what: 'This account has no wallet yet.',
    next: 'Open Wallet and enter your PIN to make it.',
  },
  DeviceOnHold: {
    what: 'This device is new: it may not do this for 24 hours.',
    next: 'Approve it on another of your devices, or wait.',
  },
  DeviceCodeDiffers: {
    what: 'This is not the code of that device. Nothing was approved.',
    next: 'Compare the digits. If they agree and this stays, approve nothing: another device stands in its place.',
  },
  OverLimit: {
    what: 'This goes over your daily limit.',
    next: 'Send less, wait, or raise the limit. A higher one holds after 24 hours.',
  },
  TransferRefused: {
    what: 'This transfer was refused. Nothing was paid.',
    next: 'Go back and begin it again.',
  },
  NodeCheated: {
    what: 'Some PIN nodes answered falsely.',
    next: 'Nothing was signed. Try again; tell whoever runs your server if it stays.',
  },
  TransferExpired: {
    what: 'The transfer ran out of time. Nothing was paid.',
    next: 'Send it again as a new transfer.',
  },
  TransferFailed: {
    what: 'The network refused the transfer.',
    next: 'Only the fee was paid. Check the balances, then send it anew.',
  },
  LedgerUnavailable: {
    what: 'The Solana network does not answer.',
    next: 'What you signed is sent again by itself. Check the history later.',
  },
  InvalidAddress: {
    what: 'This is no Solana address that can be paid.',
    next: 'Paste it again, or scan the code.',
  },
  FirstPaymentTooSmall: {
    what: 'This address is new to the network, and the amount is too small to open it.',
    next: 'Send more: about 0.0009 SOL is the least.',
  },
  PasskeyRefused: { what: 'Face ID or fingerprint was not accepted.', next: 'Enter your PIN instead.' },
  SecurityCodeChanged: {
    what: 'The safety number with this person does not fit their address. Nothing was paid.',
    next: 'Compare safety numbers with them, then pay again. If this stays, ask them for their address face to face and pay that.',
  },
  PinUpgradeRequired: {
    what: 'This account came from another system, and its PIN has to be replaced first.',
    next: 'Log in with its phone number: the upgrade follows.',
  },
  WrongLegacyPin: { what: 'That is not the old PIN of this account.', next: 'Tries left: {count}.' },
  SameAsLegacyPin: {
    what: 'That is your old PIN, which the server has seen.',
    next: 'Choose six other digits.',
  },
  OperatorNotAdmitted: { what: 'This key may not do that here.', next: 'Ask whoever runs the server.' },
  TicketClosed: { what: 'Support closed this ticket.', next: 'Start a new ticket.' },
};
