import './styles.css';
import { browserPort } from './app/browser-port.ts';
import { connectHexkey } from './app/connect-hexkey.ts';
import { createDependencies } from './app/create-dependencies.ts';
import { mountApp } from './app/mount-app.tsx';

const clock = { now: () => Date.now() };
const dependencies = createDependencies({
  hexkey: connectHexkey(clock, __HEXKEY_OPERATOR_KEY__, __HEXKEY_VERSION__),
  clock,
  browser: browserPort,
  version: __HEXKEY_VERSION__,
  local: localStorage,
  session: sessionStorage,
});
// Without a secure context there is no Web Crypto: nothing works, and nothing should.
if (!isSecureContext) dependencies.takeover.set({ kind: 'insecure-origin' });
mountApp(dependencies);
