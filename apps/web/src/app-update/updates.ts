import { registerServiceWorker } from '@hexkey/sdk/browser';
import type { Store } from '../app/store.ts';
import type { TakeOver } from '../offline/shell.ts';
import type { Busy } from './busy.ts';

/** Held by every tab that is in the middle of something, and whole by the one that begins a new version. */
const busyLock = 'hexkey/v1/busy';
const lookEveryMs = 3_600_000;
/** So long a worker may take to begin before the page stops waiting for it. */
const beginningMs = 10_000;

/**
 * Keeps this build in the browser, and says when another one waits. Where the browser has no service workers, or no room for one, the client
 * works as before, with a network.
 */
export async function watchUpdates({
  busy,
  updateWaits,
}: {
  readonly busy: Busy;
  readonly updateWaits: Store<boolean>;
}): Promise<void> {
  holdWhileBusy(busy);
  let registration: ServiceWorkerRegistration;
  try {
    registration = await registerServiceWorker();
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    return;
  }
  const look = () => updateWaits.set(registration.waiting !== null && registration.active !== null);
  const follow = () => registration.installing?.addEventListener('statechange', look);
  registration.addEventListener('updatefound', follow);
  follow();
  look();
  navigator.serviceWorker.addEventListener('controllerchange', async () => {
    look();
    if (!(await isOwnBuild())) whenFree(busy, () => location.reload());
  });
  const ask = () => {
    // Without a network there is nothing to be told.
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  };
  setInterval(ask, lookEveryMs);
}

/**
 * The version that waits begins in every tab of this browser, each of which reloads.
 * @returns false: a tab is in the middle of something
 */
export function beginWaiting(): Promise<boolean> {
  return navigator.locks.request(busyLock, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    const registration = await navigator.serviceWorker.getRegistration();
    // Another tab was faster.
    if (!registration?.waiting) location.reload();
    else await begin(registration.waiting);
    return true;
  });
}

/** For a page that the server no longer serves: the newest version it has, without asking. Other tabs end what they are in the middle of. */
export async function beginNewest(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration) {
    // What the server does not send, a reload does not bring either.
    await registration.update().catch(() => undefined);
    const next = registration.installing ?? registration.waiting;
    if (next !== null && (await isInstalled(next))) await begin(next);
  }
  location.reload();
}

async function begin(worker: ServiceWorker): Promise<void> {
  const begun = stateOf(worker, ['activated', 'redundant']);
  worker.postMessage('take-over' satisfies TakeOver);
  await begun;
}

const isInstalled = async (worker: ServiceWorker) =>
  (await stateOf(worker, ['installed', 'activated', 'redundant'])) !== 'redundant';

function stateOf(worker: ServiceWorker, ends: readonly ServiceWorkerState[]): Promise<ServiceWorkerState> {
  return new Promise((resolve) => {
    const look = () => {
      if (!ends.includes(worker.state)) return;
      worker.removeEventListener('statechange', look);
      resolve(worker.state);
    };
    worker.addEventListener('statechange', look);
    setTimeout(() => resolve(worker.state), beginningMs);
    look();
  });
}

/** Whether the worker in charge keeps the code that this page runs. Names of scripts carry a hash of all that they load. */
async function isOwnBuild(): Promise<boolean> {
  const { controller } = navigator.serviceWorker;
  // Until then the files of the build before are still there.
  if (controller) await stateOf(controller, ['activated', 'redundant']);
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return script === null || (await caches.match(script.src)) !== undefined;
}

function whenFree(busy: Busy, work: () => void): void {
  let isDone = false;
  const look = () => {
    if (isDone || busy.get().length > 0) return;
    isDone = true;
    work();
  };
  busy.subscribe(look);
  look();
}

function holdWhileBusy(busy: Busy): void {
  let letGo: (() => void) | null = null;
  const look = () => {
    const isBusy = busy.get().length > 0;
    if (isBusy && letGo === null) {
      const over = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      void navigator.locks.request(busyLock, { mode: 'shared' }, () => over);
    } else if (!isBusy) {
      letGo?.();
      letGo = null;
    }
  };
  busy.subscribe(look);
  look();
}
