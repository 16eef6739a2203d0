import { createShell, type TakeOver } from './shell.ts';

// The service worker, served as `/service-worker.js`: one file that imports nothing when it runs.
const scope = globalThis as unknown as ServiceWorkerScope;
const shell = createShell(__HEXKEY_SHELL__, {
  origin: location.origin,
  caches,
  fetch: (path, init) => fetch(path, init),
  after: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
});

scope.addEventListener('install', (event) => event.waitUntil(shell.keep()));
// Pages that were open before it was there are its own too: they hear of the next one.
scope.addEventListener('activate', (event) =>
  event.waitUntil(shell.dropOthers().then(() => scope.clients.claim())),
);
scope.addEventListener('fetch', (event) => {
  const answer = shell.answer(event.request);
  if (answer !== null) event.respondWith(answer);
});
const takeOver: TakeOver = 'take-over';
// It waits until a person wants the new version.
scope.addEventListener('message', (event) => {
  if (event.data === takeOver) void scope.skipWaiting();
});
