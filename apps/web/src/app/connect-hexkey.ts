import { type Clock, fromHex, type Random } from '@hexkey/protocol';
import { createDeviceLog, createHexkey, type Hexkey, type OtherPages, type SocketLink } from '@hexkey/sdk';
import {
  handOverAccount,
  indexedDbLogStore,
  indexedDbTickets,
  indexedDbVault,
  startTrustedWorker,
  webPasskeys,
  workerParticipants,
  workerPinHash,
} from '@hexkey/sdk/browser';
import pinHashWorker from '@hexkey/sdk/pin-hash-worker?worker&url';
import walletWorker from '@hexkey/sdk/wallet-worker?worker&url';
import { firstSeat, type SeatId } from '../accounts/seats.ts';
import { deviceName } from './device-name.ts';
import { conversations, signatureKey } from './keep-conversations.ts';

/**
 * The SDK over this browser.
 * @param keys hexadecimal; whose signatures this client believes: the operator's on the list of PIN nodes, Team Hexkey's on its messages
 */
export function connectHexkey(
  clock: Clock,
  { operatorKey, teamKey }: { readonly operatorKey: string; readonly teamKey: string },
  version: string,
  seat: SeatId,
): Hexkey {
  const vaultSeat = vaultSeatOf(seat);
  const nameOf = (what: 'account' | 'socket') =>
    `hexkey/v1/${what}${vaultSeat === null ? '' : `/${vaultSeat}`}`;
  const deviceLog = createDeviceLog({ clock, store: indexedDbLogStore(vaultSeat) });
  deviceLog.note({ event: 'start', client: `web/${version}` });
  return createHexkey({
    origin: location.origin,
    fetch: (url, init) => fetch(url, init),
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
    clock,
    random,
    engine: crypto.subtle,
    vault: indexedDbVault(vaultSeat),
    pinHash: workerPinHash(() => startTrustedWorker(pinHashWorker)),
    operatorKey: fromHex(operatorKey),
    clientVersion: `web/${version}`,
    device: { name: deviceName(navigator.userAgent), platform: 'web' },
    nodeTimeoutMs: 10_000,
    apiTimeoutMs: 15_000,
    // Web Locks: pages of one origin share them, and a page that ends lets go.
    alone: (work) => navigator.locks.request(nameOf('account'), work),
    otherPages: otherPages(nameOf('account')),
    socket: socketLink(fromHex(teamKey), nameOf('socket')),
    conversations,
    signatureKey,
    wallet: {
      ledgerUrl: `${location.origin}/ledger/`,
      openLedgerSocket: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ledger/`),
      participants: () => workerParticipants(() => startTrustedWorker(walletWorker)),
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      later,
      passkeys: webPasskeys(random),
    },
    wait,
    yieldToOthers: () => new Promise((resolve) => setTimeout(resolve)),
    deviceLog,
    tickets: indexedDbTickets(vaultSeat),
    reportBug(error) {
      deviceLog.note({ event: 'bug', name: error instanceof Error ? error.constructor.name : 'Unknown' });
      reportError(error);
    },
  });
}

/** The login that was made at one seat goes to another: the seat that its account has already. */
export const handOver = (from: SeatId, to: SeatId) => handOverAccount(vaultSeatOf(from), vaultSeatOf(to));

/** Of the first account: the names of before there were others. */
const vaultSeatOf = (seat: SeatId) => (seat === firstSeat ? null : seat);

const random: Random = (lengthBytes) => crypto.getRandomValues(new Uint8Array(lengthBytes));

const wait: SocketLink['wait'] = (milliseconds, signal) =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });

/** Or when the browser says that the network is back. */
const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end);
  });

/** One socket for all tabs of the account: the one that holds the lock has it, and hands it over when it ends (Web Locks). */
function socketLink(teamKey: Uint8Array, lock: string): SocketLink {
  return {
    teamKey,
    open: (url) => new WebSocket(url),
    wait,
    async alone(signal, work) {
      try {
        await navigator.locks.request(lock, { signal }, work);
      } catch (error) {
        // Given up before its turn came.
        if (!signal.aborted) throw error;
      }
    },
  };
}

/** The other tabs of this account. A page never hears itself (HTML, section 9.5 "Broadcasting to other browsing contexts"). */
function otherPages(name: string): OtherPages {
  const channel = new BroadcastChannel(name);
  return {
    tell: () => channel.postMessage('changed'),
    listen: (onTold) => channel.addEventListener('message', onTold),
  };
}
