import { Secret } from '@hexkey/protocol';
import type { PinHash } from './pin/pin-hash.ts';
import type { PinHashOrder } from './pin/pin-hash.worker.ts';

export { eraseIndexedDbChats, indexedDbChatStore } from './chats/store/indexed-db-chat-store.ts';
export { handOverAccount, indexedDbVault } from './storage/indexed-db-vault.ts';
export { indexedDbLogStore, indexedDbTickets } from './support/indexed-db-device.ts';
export { workerParticipants } from './wallet/key/worker-participants.ts';
export { webPasskeys } from './wallet/pay/web-passkeys.ts';

/**
 * The PIN hash off the page's thread: hash-wasm in a module worker, a fresh one for each hash.
 * @param startWorker starts `@hexkey/sdk/pin-hash-worker`; with Vite: `() => startTrustedWorker(url)` for
 * `import url from '@hexkey/sdk/pin-hash-worker?worker&url'`
 */
export function workerPinHash(startWorker: () => Worker): PinHash {
  return async (password, salt) => {
    const worker = startWorker();
    try {
      return await answerOf(worker, { password: password.reveal(), salt });
    } finally {
      worker.terminate();
    }
  };
}

/**
 * Starts a worker under `require-trusted-types-for 'script'` through the policy `hexkey`, which lets nothing pass but this origin's
 * `/assets/` and its service worker. Other addresses (a development server's) are tried without it: where the types are enforced the engine refuses them.
 */
export function startTrustedWorker(address: string): Worker {
  const url = new URL(address, location.href);
  const trusted = isOwnAsset(url) ? (trustedUrl(url.href) ?? url) : url;
  return new Worker(trusted as URL, { type: 'module' });
}

/** Where the front door serves the service worker: it is in charge of the whole origin. */
const serviceWorkerPath = '/service-worker.js';

/** Registers the client's service worker through the same policy. The browser asks the server for it each time, never its cache. */
export function registerServiceWorker(): Promise<ServiceWorkerRegistration> {
  const url = new URL(serviceWorkerPath, location.href);
  return navigator.serviceWorker.register((trustedUrl(url.href) ?? url) as URL, { updateViaCache: 'none' });
}

function answerOf(worker: Worker, order: PinHashOrder): Promise<Secret<Uint8Array>> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Uint8Array>) => resolve(new Secret(data));
    // The event's text may name what the worker was given; the reason is in the worker's own console.
    worker.onerror = () => reject(new Error('the PIN hash worker failed'));
    worker.postMessage(order);
  });
}

/** Trusted Types, W3C; not yet in TypeScript's DOM library. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): object };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Undefined in an engine without Trusted Types. */
function trustedUrl(url: string): object | undefined {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  // A document may make a policy of one name only once.
  policy ??= trustedTypes?.createPolicy('hexkey', {
    createScriptURL(candidate) {
      const url = new URL(candidate);
      if (isOwnAsset(url) || url.href === new URL(serviceWorkerPath, location.origin).href) return candidate;
      throw new TypeError('not a script of this client');
    },
  });
  return policy?.createScriptURL(url);
}

function isOwnAsset(url: URL): boolean {
  return url.origin === location.origin && url.pathname.startsWith('/assets/');
}
