import { fromHex, Secret } from '@hexkey/protocol';
import { createHexkey, memoryVault } from '@hexkey/sdk';
import { startTrustedWorker, workerPinHash } from '@hexkey/sdk/browser';
import pinHashWorker from '@hexkey/sdk/pin-hash-worker?worker&url';

/** What the benchmark calls in the page. */
export interface UnlockPage {
  /** @param operatorKey hexadecimal */
  register(operatorKey: string): Promise<void>;
  unlock(): Promise<{ readonly totalMs: number; readonly hashMs: number }>;
}

let hexkey: ReturnType<typeof createHexkey>;
let hashMs = 0;
const inWorker = workerPinHash(() => startTrustedWorker(pinHashWorker));
const pin = () => new Secret('271828');

const unlockPage: UnlockPage = {
  async register(operatorKey) {
    hexkey = createHexkey({
      origin: location.origin,
      fetch: (url, init) => fetch(url, init),
      timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
      clock: Date,
      random: (lengthBytes) => crypto.getRandomValues(new Uint8Array(lengthBytes)),
      engine: crypto.subtle,
      vault: memoryVault(),
      pinHash: async (password, salt) => {
        const startedMs = performance.now();
        const hash = await inWorker(password, salt);
        hashMs = performance.now() - startedMs;
        return hash;
      },
      operatorKey: fromHex(operatorKey),
      clientVersion: 'bench/0.1.0',
      device: { name: 'Bench', platform: 'web' },
      nodeTimeoutMs: 10_000,
      apiTimeoutMs: 15_000,
      alone: (work) => work(),
      yieldToOthers: () => new Promise((resolve) => setTimeout(resolve)),
      reportBug: reportError,
    });
    await hexkey.registerWithWords(hexkey.newWords());
    await hexkey.setPin(pin(), () => undefined);
  },
  async unlock() {
    const startedMs = performance.now();
    await hexkey.checkPin(pin(), () => undefined);
    return { totalMs: performance.now() - startedMs, hashMs };
  },
};
Object.assign(globalThis, { unlockPage });
document.title = 'ready';
