import './styles.css';
import { fromHex, keyFingerprint } from '@hexkey/protocol';
import { createSeats } from './accounts/seats.ts';
import { browserPort } from './app/browser-port.ts';
import { connectHexkey, handOver } from './app/connect-hexkey.ts';
import { createDependencies } from './app/create-dependencies.ts';
import { mountApp } from './app/mount-app.tsx';
import { takeInvite } from './contacts/take-invite.ts';
import { takeGroupInvite } from './groups/take-group-invite.ts';

const clock = { now: () => Date.now() };
const seats = createSeats(localStorage, sessionStorage, () => crypto.randomUUID());
const dependencies = createDependencies({
  hexkey: connectHexkey(
    clock,
    { operatorKey: __HEXKEY_OPERATOR_KEY__, teamKey: __HEXKEY_TEAM_KEY__ },
    __HEXKEY_VERSION__,
    seats.own,
  ),
  seats,
  handOver: (to) => handOver(seats.own, to),
  clock,
  browser: browserPort,
  version: __HEXKEY_VERSION__,
  operatorFingerprint: keyFingerprint(fromHex(__HEXKEY_OPERATOR_KEY__)),
  local: localStorage,
  session: sessionStorage,
});
// Without a secure context there is no Web Crypto: nothing works, and nothing should.
if (!isSecureContext) dependencies.takeover.set({ kind: 'insecure-origin' });
takeInvite(dependencies.invite);
takeGroupInvite(dependencies.groupInvite);
mountApp(dependencies);
// What opens without a network is taken once this page stands. Vite's own server has none.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  addEventListener('load', () => {
    import('./app-update/updates.ts').then(
      ({ watchUpdates }) => watchUpdates(dependencies),
      () => undefined,
    );
  });
