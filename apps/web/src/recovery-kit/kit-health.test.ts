import type { RecoveryKitView } from '@hexkey/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueReminder, lossMeanings, methodHealth, recoveryMethods } from './kit-health.ts';

const nowMs = Date.UTC(2026, 10, 3);
const day = 86_400_000;

interface Given {
  readonly phone?: boolean;
  readonly words?: boolean;
  readonly contact?: boolean;
  readonly problem?: RecoveryKitView['contact']['problem'];
  readonly devices?: number;
  readonly verifyDueAtMs?: number;
  readonly reminders?: Partial<RecoveryKitView['reminders']>;
}

function aKit(given: Given): RecoveryKitView {
  const { phone = false, words = false, contact = false, problem = null } = given;
  return {
    phone: {
      state: phone ? 'added' : 'not-added',
      phoneMasked: phone ? '+••• 678' : null,
      verifiedAtMs: phone ? nowMs : null,
      verifyDueAtMs: phone ? (given.verifyDueAtMs ?? nowMs + 60 * day) : null,
      lastWorkedAtMs: null,
    },
    words: { state: words ? 'backed-up' : 'not-backed-up', backedUpAtMs: null, lastWorkedAtMs: null },
    contact: { state: contact ? 'added' : 'not-added', setAtMs: null, problem, lastWorkedAtMs: null },
    methods: Number(phone) + Number(words) + Number(phone && contact && problem === null),
    fullDevices: given.devices ?? 1,
    reminders: { kitSnoozedUntilMs: null, phoneSnoozedUntilMs: null, ...given.reminders },
    pendingContactLogin: null,
  };
}
const waysAfter = (given: Given, loss: string) =>
  lossMeanings(aKit(given)).find((meaning) => meaning.loss === loss)?.waysIn;
const anyKit = fc
  .record({
    phone: fc.boolean(),
    words: fc.boolean(),
    contact: fc.boolean(),
    problem: fc.constantFrom(null, 'blocked' as const),
    devices: fc.integer({ min: 1, max: 3 }),
  })
  .map(aKit);

test('with nothing set the loss of the only device leaves no way in', () => {
  expect(waysAfter({}, 'device')).toEqual([]);
  expect(waysAfter({ devices: 2 }, 'device')).toEqual(['devices']);
});

test('a lost number leaves the words and the contact, and the device at hand', () => {
  expect(waysAfter({ phone: true, words: true, contact: true }, 'phone')).toEqual([
    'words',
    'contact',
    'devices',
  ]);
});

test('a contact who could not help is no way in, and neither is one without a phone number', () => {
  const blocked: Given = { phone: true, contact: true, problem: 'blocked' };
  expect(methodHealth(aKit(blocked), 'contact')).toBe('weak');
  expect(methodHealth(aKit({ contact: true }), 'contact')).toBe('weak');
  expect(waysAfter(blocked, 'device')).toEqual(['phone']);
});

test('as many arcs work as the server counts methods, and no loss counts what is lost', () => {
  fc.assert(
    fc.property(anyKit, (kit) => {
      const working = recoveryMethods.filter((method) => methodHealth(kit, method) === 'works');
      expect(working).toHaveLength(kit.methods);
      for (const { loss, waysIn } of lossMeanings(kit)) {
        expect(waysIn).not.toContain(loss);
        expect(waysIn.filter((way) => way !== 'devices').every((way) => working.includes(way))).toBe(true);
      }
    }),
  );
});

test.each([0, 1])('with %d methods the chats remind, until it is put off and again afterwards', (methods) => {
  const given: Given = { words: methods === 1 };
  expect(dueReminder(aKit(given), nowMs)).toBe('kit');
  const snoozed = aKit({ ...given, reminders: { kitSnoozedUntilMs: nowMs + 7 * day } });
  expect(dueReminder(snoozed, nowMs)).toBeNull();
  expect(dueReminder(snoozed, nowMs + 7 * day)).toBe('kit');
});

test('two methods need no reminder', () =>
  expect(dueReminder(aKit({ phone: true, words: true }), nowMs)).toBeNull());

test('a number is asked about again when 60 days are over, before anything else', () => {
  const kit = aKit({ phone: true, verifyDueAtMs: nowMs });
  expect(dueReminder(kit, nowMs - 1)).toBe('kit');
  expect(dueReminder(kit, nowMs)).toBe('phone');
  const later = { ...kit, reminders: { ...kit.reminders, phoneSnoozedUntilMs: nowMs + 7 * day } };
  expect(dueReminder(later, nowMs)).toBe('kit');
});
