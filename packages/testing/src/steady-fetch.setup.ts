import { steadyFetch } from './steady-fetch.ts';

const installed = Symbol.for('hexkey.steadyFetch');
const host = globalThis as typeof globalThis & { [installed]?: true };

// Test files of one worker share its globals: once is enough.
if (host[installed] === undefined) {
  host.fetch = steadyFetch(host.fetch);
  host[installed] = true;
}
