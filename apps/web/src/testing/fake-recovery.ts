import {
  avatarLimitBytes,
  DomainError,
  type PersonView,
  type RecoveryContactView,
  type RecoveryKitView,
  type TeamMessage,
} from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import type { ContactLogin, KeptTeamMessage, People, Place, RecoveryKit, TeamHexkey } from '@hexkey/sdk';
import { flowOpened } from './open-flows.ts';

/** Which Recovery Kit the fake has. */
export interface FakeRecovery {
  readonly picturesStall: boolean;
  readonly nowMs: () => number;
  /** Throws for a wrong PIN. */
  readonly prove: (pin: Secret<string>) => Promise<unknown>;
  readonly words: readonly string[];
  /** Where a login ends. */
  readonly enter: () => Place;
  readonly kit: 'none' | 'phone' | 'all';
  /** 60 days are over since the number was verified. */
  readonly isPhoneDue: boolean;
  /** The contact has removed the owner. */
  readonly isContactGone: boolean;
  /** A login through the contact is under way. */
  readonly isContactLoginPending: boolean;
  readonly hasPeople: boolean;
}

const day = 86_400_000;
/** Whose owner lets everybody find them. */
export const fakeFriendPhone = '+41446681800';
/** The code that every fake message and SMS carries. */
export const fakeRecoveryCode = '2718';
/** A number that has an account of its own. */
export const fakePhoneInUse = '+41791234567';
const codeFor = (nowMs: number) => ({
  verificationId: '3c7b8f3a-91a4-4d7e-8a35-1b2c3d4e5f60',
  resendAtMs: nowMs + 60_000,
  expiresAtMs: nowMs + 300_000,
});
const aPerson = (hexkeyId: string, name: string, relation: PersonView['relation']): PersonView => ({
  hexkeyId,
  name,
  avatarId: null,
  kind: 'person',
  relation,
});

/** People, kit, login through the contact and Team Hexkey, without servers. */
export function createFakeRecovery(given: FakeRecovery): {
  readonly people: People;
  readonly recoveryKit: RecoveryKit;
  readonly contactLogin: ContactLogin;
  readonly teamHexkey: TeamHexkey;
} {
  const { nowMs, prove } = given;
  const strangers = [aPerson('60221407', 'Grace Hopper', 'none'), aPerson('66260701', 'Alan Turing', 'none')];
  let contacts = given.hasPeople
    ? [aPerson('29979245', 'Katherine Johnson', 'contact'), aPerson('13806490', 'Emmy Noether', 'contact')]
    : [];
  let blocked: PersonView[] = given.hasPeople ? [aPerson('16021766', 'Charles Ponzi', 'blocked')] : [];
  const everybody = () => [...contacts, ...blocked, ...strangers];
  const personOf = (hexkeyId: string): PersonView => {
    const person = everybody().find((each) => each.hexkeyId === hexkeyId);
    if (person === undefined) throw new DomainError('NotFound', { what: 'person' });
    return person;
  };
  const without = (people: PersonView[], hexkeyId: string) =>
    people.filter((person) => person.hexkeyId !== hexkeyId);

  let contact: RecoveryContactView | null =
    given.kit === 'all' && contacts[0] !== undefined
      ? {
          person: contacts[0],
          setAtMs: nowMs() - 90 * day,
          problem: given.isContactGone ? 'not-added-back' : null,
        }
      : null;
  const hasPhone = given.kit !== 'none';
  let kit: RecoveryKitView = {
    phone: {
      state: hasPhone ? 'added' : 'not-added',
      phoneMasked: hasPhone ? '+41 •• ••• •• 23' : null,
      verifiedAtMs: hasPhone ? nowMs() - 20 * day : null,
      verifyDueAtMs: hasPhone ? nowMs() + (given.isPhoneDue ? -1 : 40) * day : null,
      lastWorkedAtMs: hasPhone ? nowMs() - 20 * day : null,
    },
    words: {
      state: given.kit === 'all' ? 'backed-up' : 'not-backed-up',
      backedUpAtMs: given.kit === 'all' ? nowMs() - 100 * day : null,
      lastWorkedAtMs: given.kit === 'all' ? nowMs() - 100 * day : null,
    },
    contact: {
      state: contact === null ? 'not-added' : 'added',
      setAtMs: contact?.setAtMs ?? null,
      problem: contact?.problem ?? null,
      lastWorkedAtMs: contact?.setAtMs ?? null,
    },
    methods: { none: 0, phone: 1, all: 3 }[given.kit] - Number(given.isContactGone),
    fullDevices: 1,
    reminders: { kitSnoozedUntilMs: null, phoneSnoozedUntilMs: null },
    pendingContactLogin: given.isContactLoginPending
      ? {
          contactLoginId: '5c7b8f3a-91a4-4d7e-8a35-1b2c3d4e5f60',
          requestedAtMs: nowMs() - 60_000,
          expiresAtMs: nowMs() + 29 * 60_000,
          place: '198.51.100.24',
        }
      : null,
  };
  const checkCode = (code: Secret<string>) => {
    if (code.reveal() !== fakeRecoveryCode) throw new DomainError('WrongCode', { triesLeft: 2 });
  };

  const people: People = {
    find: async (hexkeyId) => personOf(hexkeyId),
    async findByPhone(phone) {
      if (phone.reveal() !== fakeFriendPhone) throw new DomainError('NotFound', { what: 'person' });
      return personOf('60221407');
    },
    contacts: async () => contacts,
    async add(hexkeyId) {
      const person: PersonView = { ...personOf(hexkeyId), relation: 'contact' };
      blocked = without(blocked, hexkeyId);
      contacts = [...without(contacts, hexkeyId), person];
      return person;
    },
    async remove(hexkeyId) {
      contacts = without(contacts, hexkeyId);
    },
    blocked: async () => blocked,
    async block(hexkeyId) {
      const person: PersonView = { ...personOf(hexkeyId), relation: 'blocked' };
      contacts = without(contacts, hexkeyId);
      blocked = [...without(blocked, hexkeyId), person];
      return person;
    },
    async unblock(hexkeyId) {
      blocked = without(blocked, hexkeyId);
    },
    async report(hexkeyId) {
      personOf(hexkeyId);
    },
    async setPicture(image) {
      // FF D8 FF: JPEG, as the client draws it anew.
      if (image.length > avatarLimitBytes || image[0] !== 0xff || image[1] !== 0xd8)
        throw new DomainError('InvalidField', { field: 'image', problem: 'not a small JPEG' });
      if (given.picturesStall) await new Promise(() => undefined);
    },
    removePicture: async () => undefined,
    pictureUrl: () => null,
  };

  const recoveryKit: RecoveryKit = {
    state: async () => kit,
    async snooze(reminder) {
      const untilMs = nowMs() + 7 * day;
      const member = reminder === 'kit' ? 'kitSnoozedUntilMs' : 'phoneSnoozedUntilMs';
      kit = { ...kit, reminders: { ...kit.reminders, [member]: untilMs } };
    },
    async openDrill(method, pin) {
      await prove(pin);
      return {
        close: flowOpened(),
        async requestPhoneCode(phone) {
          if (phone.reveal() === fakePhoneInUse) throw new DomainError('DrillElsewhere', {});
          return codeFor(nowMs());
        },
        offerContact: (verificationId) => contactLogin.offer(verificationId),
        requestContactCode: (...asked) => contactLogin.requestCode(...asked),
        async finish(login, onStep) {
          if ('words' in login) {
            const wordIndex = given.words.findIndex((word, index) => login.words.reveal()[index] !== word);
            if (wordIndex >= 0) throw new DomainError('WordsDiffer', { wordIndex });
          } else checkCode(login.code);
          for (const step of ['entering', 'checking', 'leaving'] as const) onStep(step);
          kit = { ...kit, [method]: { ...kit[method], lastWorkedAtMs: nowMs() } };
        },
      };
    },
    async openWords(pin) {
      await prove(pin);
      return {
        words: new Secret([...given.words]),
        close: flowOpened(),
        async confirm(typed) {
          const wordIndex = given.words.findIndex((word, index) => typed.reveal()[index] !== word);
          if (wordIndex >= 0) throw new DomainError('WordsDiffer', { wordIndex });
          const words = { state: 'backed-up', backedUpAtMs: nowMs(), lastWorkedAtMs: nowMs() } as const;
          kit = { ...kit, words, methods: kit.methods + (kit.words.state === 'backed-up' ? 0 : 1) };
        },
      };
    },
    async openPhone(pin) {
      await prove(pin);
      let isSameNumber = false;
      return {
        close: flowOpened(),
        async requestCode(phone) {
          isSameNumber = phone === null;
          if (phone?.reveal() === fakePhoneInUse) throw new DomainError('PhoneNumberInUse', {});
          return codeFor(nowMs());
        },
        async confirm(_verificationId, code) {
          checkCode(code);
          const result = isSameNumber ? 'verified' : kit.phone.state === 'added' ? 'changed' : 'added';
          kit = {
            ...kit,
            phone: {
              state: 'added',
              phoneMasked: '+41 •• ••• •• 42',
              verifiedAtMs: nowMs(),
              verifyDueAtMs: nowMs() + 60 * day,
              lastWorkedAtMs: nowMs(),
            },
            methods: kit.methods + (result === 'added' ? 1 : 0),
          };
          return { result, phoneMasked: '+41 •• ••• •• 42' };
        },
      };
    },
    async openContact(pin) {
      await prove(pin);
      let asked: PersonView | null = null;
      return {
        close: flowOpened(),
        view: async () => contact,
        async requestCode(hexkeyId) {
          if (kit.phone.state !== 'added') throw new DomainError('PhoneNeeded', {});
          asked = personOf(hexkeyId);
          if (asked.name === 'Emmy Noether')
            throw new DomainError('InvalidRecoveryContact', { reason: 'not-added-back' });
          return codeFor(nowMs());
        },
        async confirm(_verificationId, code) {
          checkCode(code);
          if (asked === null) throw new DomainError('ExpiredCode', {});
          contact = { person: asked, setAtMs: nowMs(), problem: null };
          kit = {
            ...kit,
            contact: { state: 'added', setAtMs: nowMs(), problem: null, lastWorkedAtMs: nowMs() },
            methods: kit.methods + (kit.contact.state === 'added' ? 0 : 1),
          };
          return contact;
        },
        async remove() {
          if (contact === null) throw new DomainError('NoRecoveryContact', {});
          contact = null;
          kit = {
            ...kit,
            contact: { state: 'not-added', setAtMs: null, problem: null, lastWorkedAtMs: null },
            methods: kit.methods - 1,
          };
        },
      };
    },
    async refuseContactLogin(_contactLoginId, pin) {
      await prove(pin);
      kit = { ...kit, pendingContactLogin: null };
    },
  };

  const contactLogin: ContactLogin = {
    offer: async () => (given.kit === 'none' ? null : '5c7b8f3a-91a4-4d7e-8a35-1b2c3d4e5f60'),
    async requestCode(_contactLoginId, hexkeyId) {
      // Somebody has refused it meanwhile.
      if (hexkeyId === '13806490') throw new DomainError('NotFound', { what: 'contact-login' });
      if (hexkeyId !== '29979245') throw new DomainError('InvalidRecoveryContact', { reason: 'unknown' });
      return codeFor(nowMs());
    },
    async enter(_contactLoginId, code) {
      checkCode(code);
      return given.enter();
    },
  };

  return { people, recoveryKit, contactLogin, teamHexkey: fakeTeamHexkey(given) };
}

function fakeTeamHexkey({ nowMs, hasPeople }: FakeRecovery): TeamHexkey {
  const listeners = new Set<() => void>();
  const device = { name: 'Firefox on Windows', platform: 'web', place: '198.51.100.7' } as const;
  const owner = { hexkeyId: '29979245', name: 'Katherine Johnson' };
  const said: readonly TeamMessage[] = [
    {
      id: '10b7c3aa-0d3e-4b57-9a57-0d1f6a3c8e21',
      sentAtMs: nowMs() - 3 * day,
      kind: 'newLogin',
      parameters: { method: 'phone', device },
    },
    {
      id: '20b7c3aa-0d3e-4b57-9a57-0d1f6a3c8e21',
      sentAtMs: nowMs() - 120_000,
      kind: 'recoveryCode',
      parameters: {
        code: fakeRecoveryCode,
        purpose: 'setRecoveryContact',
        owner,
        expiresAtMs: nowMs() + 180_000,
      },
    },
  ];
  let messages: readonly KeptTeamMessage[] = hasPeople
    ? said.map((message) => ({ id: message.id, sentAtMs: message.sentAtMs, message, isRead: false }))
    : [];
  return {
    connection: 'live',
    messages: async () => messages,
    async markAllRead() {
      if (messages.every(({ isRead }) => isRead)) return;
      messages = messages.map((message) => ({ ...message, isRead: true }));
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect: () => () => undefined,
  };
}
