import { fromHex } from '@hexkey/protocol';
import type { HexkeyClient } from '@hexkey/sdk';
import { connectEcho } from '../recovery/connect-echo.ts';
import { pin, recoveryDevice } from '../recovery/recovery-device.ts';
import { type ShownCode, type WatchedCodes, watchCodes } from '../recovery/watch-codes.ts';

/** What the benchmark calls in the page: a recovery contact's client. */
export interface RecoveryPage {
  /** Makes an account and stays connected. @param keys hexadecimal @returns its Hexkey ID */
  register(keys: { readonly operator: string; readonly team: string }, aheadMs: number): Promise<string>;
  add(hexkeyId: string): Promise<void>;
  /** How far the time of the network is ahead of real time. */
  setAhead(aheadMs: number): void;
  codeAfter(id: string | null): Promise<ShownCode>;
  connectEcho(): Promise<void>;
  echoMs(): Promise<number>;
}

let hexkey: HexkeyClient;
let codes: WatchedCodes;
let ahead = 0;
let echo: () => Promise<number>;
const output = document.querySelector('output') as HTMLOutputElement;

/** A task after the callbacks of a frame runs when that frame is on the screen (HTML, "update the rendering"). */
const painted = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve())));

const recoveryPage: RecoveryPage = {
  async register(keys, aheadMs) {
    ahead = aheadMs;
    hexkey = recoveryDevice({
      origin: location.origin,
      clock: { now: () => Date.now() + ahead },
      random: (lengthBytes) => crypto.getRandomValues(new Uint8Array(lengthBytes)),
      subtle: crypto.subtle,
      operatorKey: fromHex(keys.operator),
      teamKey: fromHex(keys.team),
      openSocket: (url) => new WebSocket(url),
    });
    await hexkey.registerWithWords(hexkey.newWords());
    await hexkey.setPin(pin(), () => undefined);
    codes = watchCodes(hexkey, async (digits) => {
      output.textContent = digits;
      await painted();
    });
    return (await hexkey.account()).hexkeyId;
  },
  async add(hexkeyId) {
    await hexkey.people.add(hexkeyId);
  },
  setAhead(aheadMs) {
    ahead = aheadMs;
  },
  codeAfter: (id) => codes.codeAfter(id),
  async connectEcho() {
    echo = await connectEcho((url) => new WebSocket(url), location.origin);
  },
  echoMs: () => echo(),
};
Object.assign(globalThis, { recoveryPage });
document.title = 'ready';
