import { type Static, Type } from 'typebox';
import { AvatarId, Exact, HexkeyId, Nullable, ProfileName, TimeMs, Uuid } from './schemas.ts';

/** A 4-digit code is on its way. */
export const CodeSent = Exact({ verificationId: Uuid, resendAtMs: TimeMs, expiresAtMs: TimeMs });

/** Somebody as another account may see them. Whether they have added the caller is not in it. */
export const PersonView = Exact({
  hexkeyId: HexkeyId,
  /** Null before they chose one, and once the account is deleted. */
  name: Nullable(ProfileName),
  avatarId: Nullable(AvatarId),
  kind: Type.Union([Type.Literal('person'), Type.Literal('official'), Type.Literal('deleted')]),
  relation: Type.Union([
    Type.Literal('none'),
    Type.Literal('contact'),
    Type.Literal('blocked'),
    Type.Literal('yourself'),
  ]),
});

/** Why the contact that is set could not help now; null while they could. */
const ContactTrouble = Nullable(
  Type.Union([
    Type.Literal('deleted'),
    Type.Literal('blocked'),
    Type.Literal('not-your-contact'),
    Type.Literal('not-added-back'),
    Type.Literal('no-device'),
  ]),
);

/** The recovery contact, behind the PIN. */
export const RecoveryContactView = Exact({ person: PersonView, setAtMs: TimeMs, problem: ContactTrouble });

const PhoneMethod = Exact({
  state: Type.Union([Type.Literal('added'), Type.Literal('not-added')]),
  /** All but the last digits hidden. */
  phoneMasked: Nullable(Type.String()),
  verifiedAtMs: Nullable(TimeMs),
  /** 60 days after `verifiedAtMs`. */
  verifyDueAtMs: Nullable(TimeMs),
  lastWorkedAtMs: Nullable(TimeMs),
});
const WordsMethod = Exact({
  state: Type.Union([Type.Literal('backed-up'), Type.Literal('not-backed-up')]),
  backedUpAtMs: Nullable(TimeMs),
  lastWorkedAtMs: Nullable(TimeMs),
});
const ContactMethod = Exact({
  state: Type.Union([Type.Literal('added'), Type.Literal('not-added')]),
  setAtMs: Nullable(TimeMs),
  problem: ContactTrouble,
  lastWorkedAtMs: Nullable(TimeMs),
});

/** A login through the contact that is under way. Any full session may refuse it, with the PIN. */
export const PendingContactLogin = Exact({
  contactLoginId: Uuid,
  requestedAtMs: TimeMs,
  expiresAtMs: TimeMs,
  /** Network address of whoever asks. */
  place: Nullable(Type.String()),
});

/** Everything the Recovery Kit page shows. It does not name the contact: that needs the PIN. */
export const RecoveryKitView = Exact({
  phone: PhoneMethod,
  words: WordsMethod,
  contact: ContactMethod,
  /** Methods that would work now, 0 to 3: log-out needs one, the chats page reminds at one or none. */
  methods: Type.Integer({ minimum: 0, maximum: 3 }),
  /** Devices that have shown the PIN, this one among them. */
  fullDevices: Type.Integer({ minimum: 1 }),
  reminders: Exact({ kitSnoozedUntilMs: Nullable(TimeMs), phoneSnoozedUntilMs: Nullable(TimeMs) }),
  pendingContactLogin: Nullable(PendingContactLogin),
});

export type PersonView = Static<typeof PersonView>;
export type RecoveryContactView = Static<typeof RecoveryContactView>;
export type RecoveryKitView = Static<typeof RecoveryKitView>;
export type PendingContactLogin = Static<typeof PendingContactLogin>;
export type CodeSent = Static<typeof CodeSent>;
