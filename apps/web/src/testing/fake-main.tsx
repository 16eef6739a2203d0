import '../styles.css';
import { Secret } from '@hexkey/protocol';
import type { Place } from '@hexkey/sdk';
import { createSeats } from '../accounts/seats.ts';
import { browserPort } from '../app/browser-port.ts';
import { createDependencies } from '../app/create-dependencies.ts';
import { mountApp } from '../app/mount-app.tsx';
import { browserPasskeys } from '../app-lock/lock-passkey.ts';
import { watchUpdates } from '../app-update/updates.ts';
import { takeInvite } from '../contacts/take-invite.ts';
import { takeGroupInvite } from '../groups/take-group-invite.ts';
import { browserNotices } from '../notifications/browser-notices.ts';
import { fakeGroupLink } from './fake-chats.ts';
import { aVerification, createFakeHexkey, type Scenario } from './fake-hexkey.ts';

// The screens over a fake SDK: `?at=home&scenario=no-logs`. Built only by `vite build --mode fake`.
const asked = new URLSearchParams(location.search);
const needs = asked.get('needs');
/** What a page cannot be shown without, as the scenario in which it can. */
const implied: Readonly<Record<string, Scenario>> = {
  'interrupted-change': 'change-interrupted',
  'due-check': 'check-due',
};
const clock = { now: () => Date.now() };
const hexkey = createFakeHexkey({
  at: (asked.get('at') ?? 'signed-out') as Place['at'],
  scenario: (implied[needs ?? ''] ?? asked.get('scenario') ?? 'normal') as Scenario,
  nowMs: clock.now,
});
const dependencies = createDependencies({
  hexkey,
  clock,
  seats: createSeats(localStorage, sessionStorage, () => crypto.randomUUID()),
  handOver: async () => undefined,
  version: '0.1.0',
  operatorFingerprint: '0123 4567 89ab cdef 0123 4567 89ab cdef',
  local: localStorage,
  session: sessionStorage,
  browser: {
    languages: [asked.get('language') ?? 'en'],
    // Tests read it here: each browser guards its clipboard in its own way.
    copyText: async (text) => document.documentElement.setAttribute('data-copied', text),
    copySecret: async () => undefined,
    persistStorage: async () => false,
    share: async () => undefined,
    isStoragePersistent: async () => asked.has('persistent'),
    saveText: browserPort.saveText,
    reload: () => location.reload(),
    startOver: () => location.reload(),
    notices: browserNotices,
    updates: browserPort.updates,
    passkeys: browserPasskeys,
  },
});
if (needs === 'offered-words')
  dependencies.onboarding.set({ ...dependencies.onboarding.get(), offeredWords: hexkey.newWords() });
const purpose = location.pathname.startsWith('/login') ? 'login' : 'register';
if (needs === 'invite') dependencies.invite.set('60221407');
if (needs === 'group-invite') dependencies.groupInvite.set(fakeGroupLink);
if (needs === 'phone-question') dependencies.asksAboutPhone.set(true);
if (needs === 'contact-login' || needs === 'contact-code')
  dependencies.onboarding.set({
    ...dependencies.onboarding.get(),
    contactLogin: {
      contactLoginId: '5c7b8f3a-91a4-4d7e-8a35-1b2c3d4e5f60',
      sent: needs === 'contact-code' ? { hexkeyId: '29979245', ...aVerification(clock.now()) } : null,
    },
  });
if (needs === 'legacy-login')
  dependencies.onboarding.set({
    ...dependencies.onboarding.get(),
    legacyLogin: { verificationId: aVerification(clock.now()).verificationId, code: new Secret('0000') },
  });
if (needs === 'verification')
  dependencies.onboarding.set({
    ...dependencies.onboarding.get(),
    verification: { purpose, phone: new Secret('+4915123456789'), verification: aVerification(clock.now()) },
  });
if (asked.get('takeover') === 'insecure-origin') dependencies.takeover.set({ kind: 'insecure-origin' });
takeInvite(dependencies.invite);
takeGroupInvite(dependencies.groupInvite);
mountApp(dependencies);
// `?worker` keeps these screens in the browser, as the real client is.
if (asked.has('worker')) void watchUpdates(dependencies);
if (asked.get('update') === 'waits') dependencies.updateWaits.set(true);
