import type { RecoveryKitView } from '@hexkey/contract';
import { expect, test } from 'vitest';
import { fullScore, type HealthLevel, type HealthStep, healthOf, provenForMs } from './health-score.ts';

const nowMs = Date.UTC(2026, 10, 29);
const day = 86_400_000;
const troubles = ['deleted', 'blocked', 'not-your-contact', 'not-added-back', 'no-device'] as const;
/** Never, on the last day that counts, a moment before, today. */
const times = [null, nowMs - provenForMs - 1, nowMs - provenForMs, nowMs];

type Phone = RecoveryKitView['phone'];
type Words = RecoveryKitView['words'];
type Contact = RecoveryKitView['contact'];

const phones: readonly Phone[] = [
  { state: 'not-added', phoneMasked: null, verifiedAtMs: null, verifyDueAtMs: null, lastWorkedAtMs: null },
  ...times.flatMap((lastWorkedAtMs) =>
    [nowMs, nowMs + day].map((verifyDueAtMs) => ({
      state: 'added' as const,
      phoneMasked: '+•• 678',
      verifiedAtMs: verifyDueAtMs - 60 * day,
      verifyDueAtMs,
      lastWorkedAtMs,
    })),
  ),
];
const wordsOf: readonly Words[] = [
  { state: 'not-backed-up', backedUpAtMs: null, lastWorkedAtMs: null },
  ...times.map((lastWorkedAtMs) => ({ state: 'backed-up' as const, backedUpAtMs: nowMs, lastWorkedAtMs })),
];
const contacts: readonly Contact[] = [
  { state: 'not-added', setAtMs: null, problem: null, lastWorkedAtMs: null },
  ...times.flatMap((lastWorkedAtMs) =>
    [null, ...troubles].map((problem) => ({
      state: 'added' as const,
      setAtMs: nowMs,
      problem,
      lastWorkedAtMs,
    })),
  ),
];

function kitOf(phone: Phone, words: Words, contact: Contact, fullDevices: number): RecoveryKitView {
  const hasPhone = phone.state === 'added';
  const helps = hasPhone && contact.state === 'added' && contact.problem === null;
  return {
    phone,
    words,
    contact,
    methods: Number(hasPhone) + Number(words.state === 'backed-up') + Number(helps),
    fullDevices,
    reminders: { kitSnoozedUntilMs: null, phoneSnoozedUntilMs: null },
    pendingContactLogin: null,
  };
}

/** Every kit there can be. */
const everyKit = phones.flatMap((phone) =>
  wordsOf.flatMap((words) =>
    contacts.flatMap((contact) => [1, 2, 5].map((devices) => kitOf(phone, words, contact, devices))),
  ),
);
const order: readonly HealthLevel[] = ['lost', 'fragile', 'unproven', 'good'];

/** Told by what the owner holds, one thing at a time, without the score's own terms. */
function canGetIn(kit: RecoveryKitView, lost: ReadonlySet<string>): boolean {
  if (!lost.has('this device') || kit.fullDevices > 1) return true;
  const knowsNumber = kit.phone.state === 'added';
  if (knowsNumber && !lost.has('phone')) return true;
  if (kit.words.state === 'backed-up' && !lost.has('words')) return true;
  // The number is typed, not held: it may be lost.
  return knowsNumber && kit.contact.state === 'added' && kit.contact.problem === null && !lost.has('contact');
}

const isProven = ({ lastWorkedAtMs }: { lastWorkedAtMs: number | null }) =>
  lastWorkedAtMs !== null && lastWorkedAtMs >= nowMs - provenForMs;

test('in every kit the score is what can be lost together with this device, and what was seen to work', () => {
  expect(everyKit).toHaveLength(9 * 5 * 25 * 3);
  for (const kit of everyKit) {
    const losses = [[], ['phone'], ['words'], ['contact']].filter((more) =>
      canGetIn(kit, new Set(['this device', ...more])),
    );
    const works = {
      phone: kit.phone.state === 'added',
      words: kit.words.state === 'backed-up',
      contact: kit.phone.state === 'added' && kit.contact.state === 'added' && kit.contact.problem === null,
    };
    const proven = (['phone', 'words', 'contact'] as const).filter(
      (method) => works[method] && isProven(kit[method]),
    );
    expect(healthOf(kit, nowMs).score, JSON.stringify(kit)).toBe(losses.length + proven.length);
  }
});

test('in every kit the level says what the losses mean', () => {
  for (const kit of everyKit) {
    const { level, next } = healthOf(kit, nowMs);
    const told = JSON.stringify(kit);
    const leaves = (...more: readonly string[]) => canGetIn(kit, new Set(['this device', ...more]));
    expect(level === 'lost', told).toBe(!leaves());
    if (level !== 'lost')
      expect(level === 'fragile', told).toBe(
        kit.methods < 2 || !leaves('phone') || !leaves('words') || !leaves('contact'),
      );
    if (level === 'good') expect(next.filter((step) => step.do !== 'add')).toEqual([]);
    if (level === 'unproven') expect(next.some((step) => step.do !== 'add')).toBe(true);
  }
});

/** The kit after its owner did what the page says. */
function after(kit: RecoveryKitView, step: HealthStep): RecoveryKitView {
  const worked = { lastWorkedAtMs: nowMs };
  let { phone, words, contact } = kit;
  const method = step.do === 'verify' ? 'phone' : step.do === 'repair' ? 'contact' : step.method;
  if (method === 'phone') {
    const isNew = step.do !== 'rehearse';
    phone = {
      ...phone,
      ...worked,
      state: 'added',
      ...(isNew && { verifiedAtMs: nowMs, verifyDueAtMs: nowMs + 60 * day }),
    };
  }
  if (method === 'words') words = { ...words, ...worked, state: 'backed-up' };
  if (method === 'contact') contact = { ...contact, ...worked, state: 'added', problem: null };
  return kitOf(phone, words, contact, kit.fullDevices);
}

test('from every kit the first advice, followed again and again, leads to the full score; no step makes anything worse', () => {
  for (const start of everyKit) {
    let kit = start;
    let health = healthOf(kit, nowMs);
    const told = JSON.stringify(start);
    for (let steps = 0; health.next.length > 0; steps += 1) {
      expect(steps, told).toBeLessThan(7);
      const [step] = health.next;
      if (step === undefined) throw new Error('no advice');
      // A contact begins with the number: it is never advised before.
      if (step.do === 'add' && step.method === 'contact') expect(kit.phone.state, told).toBe('added');
      kit = after(kit, step);
      const better = healthOf(kit, nowMs);
      expect(better.score, told).toBeGreaterThanOrEqual(health.score);
      expect(order.indexOf(better.level), told).toBeGreaterThanOrEqual(order.indexOf(health.level));
      expect(better.next, told).not.toContainEqual(step);
      health = better;
    }
    expect(health, told).toEqual({ level: 'good', score: fullScore, next: [] });
  }
});

test('with too little to get in by, adding comes before proving; afterwards proving comes first', () => {
  for (const kit of everyKit) {
    const { next } = healthOf(kit, nowMs);
    const isAdd = next.map((step) => step.do === 'add');
    const sorted = kit.methods < 2 ? [...isAdd].sort((a, b) => Number(b) - Number(a)) : [...isAdd].sort();
    expect(isAdd, JSON.stringify(kit)).toEqual(sorted);
  }
});
