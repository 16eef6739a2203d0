import '../styles.css';
import { Secret } from '@hexkey/protocol';
import type { Place } from '@hexkey/sdk';
import { createDependencies } from '../app/create-dependencies.ts';
import { mountApp } from '../app/mount-app.tsx';
import { aVerification, createFakeHexkey, type Scenario } from './fake-hexkey.ts';

// The screens over a fake SDK: `?at=home&scenario=no-logs`. Built only by `vite build --mode fake`.
const asked = new URLSearchParams(location.search);
const needs = asked.get('needs');
const clock = { now: () => Date.now() };
const hexkey = createFakeHexkey({
  at: (asked.get('at') ?? 'signed-out') as Place['at'],
  scenario: (needs === 'interrupted-change'
    ? 'change-interrupted'
    : (asked.get('scenario') ?? 'normal')) as Scenario,
  nowMs: clock.now,
});
const dependencies = createDependencies({
  hexkey,
  clock,
  version: '0.1.0',
  local: localStorage,
  session: sessionStorage,
  browser: {
    languages: [asked.get('language') ?? 'en'],
    copyText: async () => undefined,
    persistStorage: async () => false,
    isStoragePersistent: async () => asked.has('persistent'),
    reload: () => location.reload(),
  },
});
if (needs === 'offered-words')
  dependencies.onboarding.set({ ...dependencies.onboarding.get(), offeredWords: hexkey.newWords() });
const purpose = location.pathname.startsWith('/login') ? 'login' : 'register';
if (needs === 'verification')
  dependencies.onboarding.set({
    ...dependencies.onboarding.get(),
    verification: { purpose, phone: new Secret('+4915123456789'), verification: aVerification(clock.now()) },
  });
if (asked.get('takeover') === 'insecure-origin') dependencies.takeover.set({ kind: 'insecure-origin' });
mountApp(dependencies);
