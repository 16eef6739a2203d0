import type { RecoveryContactView, RecoveryKitView } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PhoneVerification } from '../account/phone-verification.ts';
import type { Words } from '../account/words.ts';
import type { PinFlow } from './pin-flow.ts';

export type RecoveryMethod = 'phone' | 'words' | 'contact';

/** The words on the screen, to be written down and then typed again. */
export interface WordsBackup extends PinFlow {
  readonly words: Words;
  /**
   * "Backed up": every word was typed, in order. From then on this device is not the only place that has them.
   * @throws {DomainError} `WordsDiffer` with the first wrong word, `PinNeededAgain`
   */
  confirm(typed: Words): Promise<void>;
}

/** Adding, changing or verifying again a phone number; the PIN comes first. */
export interface PhoneLink extends PinFlow {
  /**
   * Sends a code to the new number, or with null to the one the account has.
   * @throws {DomainError} `InvalidPhoneNumber`, `CodeAskedTooOften`, `SmsNotDelivered`, `PinNeededAgain`
   */
  requestCode(phone: Secret<string> | null, locale: 'en' | 'zh'): Promise<PhoneVerification>;
  /**
   * @param locale of the SMS to the number before
   * @throws {DomainError} `WrongCode` (triesLeft), `ExpiredCode`, `PhoneNumberInUse`, `PinNeededAgain`
   */
  confirm(verificationId: string, code: Secret<string>, locale: 'en' | 'zh'): Promise<PhoneLinked>;
}

export interface PhoneLinked {
  readonly result: 'added' | 'changed' | 'verified';
  /** All but the last digits hidden. */
  readonly phoneMasked: string;
}

/** Looking at, setting, changing and removing the recovery contact; the PIN comes first. */
export interface RecoveryContactFlow extends PinFlow {
  /** Who it is; null while there is none. @throws {DomainError} `PinNeededAgain` */
  view(): Promise<RecoveryContactView | null>;
  /**
   * Team Hexkey sends the chosen person a 4-digit code, which they read to the owner.
   * @throws {DomainError} `InvalidRecoveryContact` with the reason, `PhoneNeeded`, `CodeAskedTooOften`, `PinNeededAgain`
   */
  requestCode(hexkeyId: string): Promise<PhoneVerification>;
  /** @throws {DomainError} `WrongCode`, `ExpiredCode`, `InvalidRecoveryContact`, `PinNeededAgain` */
  confirm(verificationId: string, code: Secret<string>): Promise<RecoveryContactView>;
  /** @throws {DomainError} `NoRecoveryContact`, `PinNeededAgain` */
  remove(): Promise<void>;
}

/** What gets the owner in, as somebody would type it who has nothing else. */
export type DrillLogin =
  | { readonly words: Words }
  | { readonly verificationId: string; readonly code: Secret<string> }
  | { readonly contactLoginId: string; readonly code: Secret<string> };

/** Logging in; finding the account and its shard behind the login; taking the session away again. */
export type DrillStep = 'entering' | 'checking' | 'leaving';

/** One rehearsal. Closing it before its end takes away what it left. */
export interface RecoveryDrill extends PinFlow {
  /**
   * The SMS of a login, to the number of the account and to no other one.
   * @throws {DomainError} `DrillElsewhere`, `CodeAskedTooOften`, `SmsNotDelivered`, `PinNeededAgain`
   */
  requestPhoneCode(phone: Secret<string>, locale: 'en' | 'zh'): Promise<PhoneVerification>;
  /** As `ContactLogin.offer`, 60 seconds after the SMS. */
  offerContact(verificationId: string): Promise<string | null>;
  /** As `ContactLogin.requestCode`: the owner's devices and number are told, as in earnest. */
  requestContactCode(
    contactLoginId: string,
    hexkeyId: string,
    locale: 'en' | 'zh',
  ): Promise<Omit<PhoneVerification, 'verificationId'>>;
  /**
   * Logs in, looks whether the account and its shard are there, and ends all of it. Only then the method is dated. A wrong code may be
   * followed by another try.
   * @throws {DomainError} `WordsDiffer` and `InvalidPhrase` before anything is sent, `WrongCode`, `ExpiredCode`, `NotFound`, `DrillElsewhere`,
   * `DrillWithoutShard`, `DrillEnded`, `PinNeededAgain`
   */
  finish(login: DrillLogin, onStep: (step: DrillStep) => void): Promise<void>;
}

/** The three ways back into the account. None of them recovers the PIN. */
export interface RecoveryKit {
  state(): Promise<RecoveryKitView>;
  /** Hides a reminder for seven days, on all devices. */
  snooze(reminder: 'kit' | 'phone'): Promise<void>;
  /**
   * Rehearses a method: a real login, up to the PIN, in a session that is thrown away (ADR 87). The PIN is typed on this device, and tried
   * nowhere else.
   * @throws {DomainError} `PhoneNeeded`, `NoRecoveryContact`, `InvalidRecoveryContact` with the reason, what `unlock` throws
   */
  openDrill(method: RecoveryMethod, pin: Secret<string>): Promise<RecoveryDrill>;
  /** @throws {DomainError} what `unlock` throws */
  openWords(pin: Secret<string>): Promise<WordsBackup>;
  /** @throws {DomainError} what `unlock` throws */
  openPhone(pin: Secret<string>): Promise<PhoneLink>;
  /** @throws {DomainError} what `unlock` throws */
  openContact(pin: Secret<string>): Promise<RecoveryContactFlow>;
  /**
   * Refuses a login through the recovery contact that is under way, on any device that is logged in.
   * @throws {DomainError} `NotFound` (contact-login), what `unlock` throws
   */
  refuseContactLogin(contactLoginId: string, pin: Secret<string>): Promise<void>;
}
