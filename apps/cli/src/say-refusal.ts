import { type DomainError, isDomainError } from '@hexkey/contract';
import { writeAmount } from '@hexkey/protocol';
import { sayTime } from './commands/say-time.ts';

/** What happened and what to do, for a person. The code is what support asks for. */
export function sayRefusal(refusal: DomainError): readonly string[] {
  return [sentenceOf(refusal), `Code ${refusal.code} (${refusal.name})`];
}

function sentenceOf(refusal: DomainError): string {
  if (isDomainError(refusal, 'WrongPin'))
    return `Wrong PIN. ${sayTries(refusal.details.attemptsLeft)} left. Nobody can reset your PIN, not even the operator.`;
  if (isDomainError(refusal, 'PinLocked'))
    return `Too many wrong PINs: locked for ${sayDuration(refusal.details.retryAfterMs)}. The right PIN is refused until then too.`;
  if (isDomainError(refusal, 'TooMany') || isDomainError(refusal, 'CodeAskedTooOften'))
    return `Too many requests. Try again in ${sayDuration(refusal.details.retryAfterMs)}.`;
  if (isDomainError(refusal, 'WrongCode')) return `Wrong code. ${sayTries(refusal.details.triesLeft)} left.`;
  if (isDomainError(refusal, 'WrongLegacyPin'))
    return `Wrong old PIN. ${sayTries(refusal.details.attemptsLeft)} left.`;
  if (isDomainError(refusal, 'FirstPaymentTooSmall'))
    return `This address is new to the network: the first payment to it is at least ${writeAmount(BigInt(refusal.details.leastLamports), 9)} SOL. Nothing was paid.`;
  if (isDomainError(refusal, 'InvalidField')) return `${refusal.details.field}: ${refusal.details.problem}.`;
  if (isDomainError(refusal, 'NodesUnavailable'))
    return `Only ${refusal.details.reachable} of the ${refusal.details.needed} PIN nodes that are needed answer. No try is used; try again later.`;
  if (isDomainError(refusal, 'Forbidden'))
    return refusal.details.reason === 'pin-not-set'
      ? 'This account has no PIN yet: `hexkey pin set`.'
      : 'This needs the PIN first: `hexkey pin verify`.';
  if (isDomainError(refusal, 'NotFound'))
    return refusal.details.what === 'device'
      ? 'No such device is logged in: `hexkey devices` lists them.'
      : 'There is no such account.';
  if (isDomainError(refusal, 'InvalidPhrase'))
    return refusal.details.wordIndex === null
      ? 'These words are no valid phrase. Check each word and the order.'
      : `Word ${refusal.details.wordIndex + 1} is not right. Check it and the order.`;
  if (isDomainError(refusal, 'ExportTooEarly'))
    return `The PIN nodes give the key out from ${sayTime(refusal.details.fromMs)} on. Until then every device of yours can cancel it.`;
  if (isDomainError(refusal, 'ServerNeeded')) return serverNeededSentences[refusal.details.missing];
  if (isDomainError(refusal, 'StorageUnavailable')) return storageSentences[refusal.details.problem];
  return sentences[refusal.name] ?? 'The server refused.';
}

const serverNeededSentences = {
  'node-set':
    'This profile does not know the PIN nodes without the server yet: `hexkey pin verify`, while it is there. Nothing was paid.',
  wallet:
    'This profile has no part of the wallet that this PIN opens. Use another device of yours, or the server. Nothing was paid.',
  words:
    'This profile has not got the words under this PIN. Use another device of yours, or the server. Nothing was paid.',
} as const;

const storageSentences = {
  quota: 'The disk is full.',
  blocked: 'The folder with the keys cannot be written. Name another one with --data-dir.',
  exposed:
    'Others on this computer can read the folder or file with your keys. Make them yours alone (chmod 700 the folder, 600 the files); if others were there, end this login from another device.',
  'in-use': 'Another hexkey is using this profile. Wait for it to end.',
  damaged: 'The file with the keys is not readable. It is left as it is; log in with another --profile.',
} as const;

const sentences: Partial<Record<DomainError['name'], string>> = {
  NoExport:
    'Taking the key out was not begun with this profile, or it was cancelled, or its time is over: `hexkey wallet export-begin`.',
  InsufficientBalance: 'The balance is too low: `hexkey wallet balance`. Fees are paid in SOL.',
  AccountDeleted: 'This person deleted their account. Nothing was paid.',
  DeletionPending: 'This account is about to be deleted. To keep it: `hexkey pin verify --keep-account`.',
  WalletMissing: 'This account has no wallet yet: `hexkey wallet create`.',
  DeviceOnHold: 'This device is new and may not do this for 24 hours, unless another device approves it.',
  DeviceCodeDiffers: 'This is not the code of that device. Nothing was approved.',
  OverLimit: 'This goes over your daily limit: `hexkey wallet limits`. Nothing was paid.',
  TransferRefused: 'The transfer was refused. Nothing was paid.',
  NodeCheated: 'Some PIN nodes answered falsely. Nothing was signed.',
  TransferExpired: 'The transfer ran out of time. Nothing was paid; send it again.',
  TransferFailed: 'The ledger refused the transfer. Only the fee was paid.',
  LedgerUnavailable:
    'The Solana network does not answer. What was signed is sent again by `hexkey wallet history`.',
  InvalidAddress: 'This is no Solana address that can be paid.',
  SecurityCodeChanged:
    'The address is not signed by the identity this profile knows of that person. Nothing was paid; compare safety numbers first.',
  ChatClosed: 'Nothing can be sent to this conversation now: `hexkey chat` says why.',
  EditTooLate: 'The message is older than 15 minutes: it can no longer be changed.',
  MessageTooLong: 'The message is too long. Send it in parts.',
  GroupFull: 'A group holds no more people.',
  NotAPerson: 'There is no conversation to be had with this Hexkey ID.',
  SessionEnded: 'This profile is not logged in: `hexkey login` or `hexkey register`.',
  WeakPin: 'This PIN is too easy to guess. Use at least three different digits, and not 123456.',
  Offline: 'The server does not answer. No try is used. Check --server and the network.',
  UpdateRequired: 'This client is too old for the server. Update it.',
  ClockSkewed: 'The clock of this computer is wrong by more than five minutes. Set it right.',
  NodeSetMismatch:
    'The list of PIN nodes is not signed by the operator key this profile trusts, or is not the list this account began with. Nothing was sent to them.',
  NoNodeSetChange: 'The PIN is on the newest nodes already.',
  MoveRefused:
    'The new nodes do not take the PIN. It stays where it is and works as before. Try again in half an hour.',
  WalletStaysBehind:
    'The wallet is not made yet, so it cannot be moved to the new nodes. Nothing was changed. Ask for its address (hexkey wallet receive), then move.',
  SomeNodesAway:
    'Some PIN nodes do not answer. Nothing was done. Try again later, or go on without them: --accept-fewer-nodes.',
  PinHistoryUnread: 'The PIN nodes were not read on this device yet: `hexkey pin verify` reads them.',
  PinRecordMissing: 'The PIN nodes have no record of this account.',
  PinSetInterrupted: 'Nothing was left to finish. Choose your PIN anew: `hexkey pin set`.',
  OnlyCopyOfWords: 'This computer holds the only copy of your words. Write them down first: `hexkey words`.',
  NoRecoveryMethod: 'There would be no way back into the account. Add a recovery method first.',
  ThisDevice: 'That is this device. To leave it: `hexkey logout`.',
  InvalidPhoneNumber: 'This is no phone number. Begin with + and the country code.',
  ExpiredCode: 'This code has ended. Ask for a new one.',
  SmsNotDelivered: 'The code could not be sent.',
  PhoneNumberInUse: 'This number has an account: `hexkey login --phone`.',
  PinUpgradeRequired:
    'This account came from another system: `hexkey upgrade-pin` replaces its PIN, or the page /upgrade-pin of your server.',
  SameAsLegacyPin:
    'That is the old PIN, which the server has seen. Choose another: `hexkey upgrade-pin` goes on.',
  PinAlreadySet: 'Another device has set the PIN: `hexkey pin verify`.',
};

const sayTries = (count: number) => (count === 1 ? '1 try' : `${count} tries`);

function sayDuration(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
