import { webcrypto } from 'node:crypto';
import { fromHex } from '@hexkey/protocol';
import type { HexkeyClient, Socket } from '@hexkey/sdk';
import { type Browser, type JSHandle, launchChromium } from '@hexkey/testing';
import { WebSocket } from 'ws';
import type { RecoveryPage } from '../recovery-page/main.ts';
import { systemRandom } from '../system.ts';
import { connectEcho } from './connect-echo.ts';
import { pin, recoveryDevice } from './recovery-device.ts';
import type { RecoveryNetwork } from './recovery-network.ts';
import { type ShownCode, watchCodes } from './watch-codes.ts';

/** A recovery contact in front of a connected client. */
export interface Contact {
  readonly engine: 'Node' | 'Chromium';
  readonly hexkeyId: string;
  add(hexkeyId: string): Promise<void>;
  /** After each move of the network's time. */
  follow(): Promise<void>;
  codeAfter(id: string | null): Promise<ShownCode>;
  /** One empty round trip over a socket of its own through a front door. */
  echoMs(): Promise<number>;
  stop(): Promise<void>;
}

const openSocket = (url: string) => new WebSocket(url) as unknown as Socket;

/** A device in this process. @param origin the front door's, unless the account server is asked directly */
export function nodeDevice(network: RecoveryNetwork, origin = network.origin): HexkeyClient {
  return recoveryDevice({
    origin,
    clock: network,
    random: systemRandom,
    subtle: webcrypto.subtle as SubtleCrypto,
    operatorKey: fromHex(network.operatorKey),
    teamKey: fromHex(network.teamKey),
    openSocket,
  });
}

export async function contactInNode(network: RecoveryNetwork): Promise<Contact> {
  const hexkey = nodeDevice(network);
  await hexkey.registerWithWords(hexkey.newWords());
  await hexkey.setPin(pin(), () => undefined);
  const { codeAfter, disconnect } = watchCodes(hexkey, async () => undefined);
  return {
    engine: 'Node',
    hexkeyId: (await hexkey.account()).hexkeyId,
    add: async (hexkeyId) => void (await hexkey.people.add(hexkeyId)),
    follow: async () => undefined,
    codeAfter,
    echoMs: await connectEcho(openSocket, network.echoOrigin),
    async stop() {
      disconnect();
      await hexkey.settled();
    },
  };
}

export async function contactInChromium(network: RecoveryNetwork): Promise<Contact> {
  const browser = await launchChromium();
  const echo = await openPage(browser, network.echoOrigin);
  await echo.evaluate((page) => page.connectEcho());
  // Opened last: a page that is not looked at paints no frames.
  const client = await openPage(browser, network.origin);
  const hexkeyId = await client.evaluate((page, { keys, aheadMs }) => page.register(keys, aheadMs), {
    keys: { operator: network.operatorKey, team: network.teamKey },
    aheadMs: network.aheadMs,
  });
  return {
    engine: 'Chromium',
    hexkeyId,
    add: (id) => client.evaluate((page, given) => page.add(given), id),
    follow: () => client.evaluate((page, aheadMs) => page.setAhead(aheadMs), network.aheadMs),
    codeAfter: (id) => client.evaluate((page, given) => page.codeAfter(given), id),
    echoMs: () => echo.evaluate((page) => page.echoMs()),
    stop: () => browser.close(),
  };
}

async function openPage(browser: Browser, origin: string): Promise<JSHandle<RecoveryPage>> {
  const page = await browser.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => document.title === 'ready');
  return page.evaluateHandle(() => (globalThis as unknown as { recoveryPage: RecoveryPage }).recoveryPage);
}
