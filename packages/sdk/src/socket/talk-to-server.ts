import { DomainError, socketPath } from '@hexkey/contract';
import {
  type DeviceFrame,
  decodeServerFrame,
  encodeDeviceFrame,
  type ServerFrame,
  socketCloseCodes,
  socketHelloStatement,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { SocketLink } from '../deps.ts';
import type { KeptAccount } from '../storage/vault.ts';

/** What lives on a connection. Each is given every frame but the challenge, one after another. */
export interface SocketTenant {
  onLive(send: (frame: DeviceFrame) => void, keyPackages: number): void;
  /** @throws what keeps it from taking the frame: the connection is ended, and the next one brings again what was not acked */
  take(frame: ServerFrame, send: (frame: DeviceFrame) => void): Promise<void>;
  onLost(): void;
}

/** Who else lives on the socket, for as long as this page has it. */
export interface Subtenant extends SocketTenant {
  /** Resolves when it is ready for what a connection brings. */
  moveIn(account: KeptAccount, signal: AbortSignal): Promise<void>;
  moveOut(): Promise<void>;
}

/** Neither side speaks after this; the code of an ordinary loss. RFC 6455 section 7.1.5. */
const abnormalClosure = 1006;

/**
 * One connection, from the server's challenge to its end (docs/protocol/team-hexkey.md section 3). What comes is stored before it is
 * acked, one message after another.
 * @param link what the socket and its key come from
 * @param signal closes the connection
 * @returns the close code
 */
export function talkToServer(
  client: Client,
  account: KeptAccount,
  link: SocketLink,
  signal: AbortSignal,
  tenants: readonly SocketTenant[],
): Promise<number> {
  const { origin, clientVersion } = client.deps;
  const { sessionId } = account.session;
  const socket = link.open(`${origin.replace(/^http/, 'ws')}${socketPath}`);
  socket.binaryType = 'arraybuffer';
  const { device } = callerOf(client, account);
  const send = (frame: DeviceFrame) => socket.send(encodeDeviceFrame(frame));

  async function receive(frame: ServerFrame): Promise<void> {
    if (frame.type === 'challenge') {
      const signature = await device.sign(socketHelloStatement({ nonce: frame.nonce, sessionId }));
      return send({ type: 'hello', sessionId, client: clientVersion, signature });
    }
    if (frame.type === 'welcome') for (const tenant of tenants) tenant.onLive(send, frame.keyPackages);
    else for (const tenant of tenants) await tenant.take(frame, send);
  }

  return new Promise((resolve) => {
    let last = Promise.resolve();
    const end = () => socket.close();
    signal.addEventListener('abort', end, { once: true });
    socket.onmessage = ({ data }) => {
      last = last
        .then(() => receive(decodeServerFrame(new Uint8Array(data as ArrayBuffer))))
        .catch((error: unknown) => {
          // A frame this version cannot read, a store that refuses, no answer about a stranger's device: nothing is acked, and the next
          // connection brings it again.
          if (!(error instanceof DomainError)) client.deps.reportBug(error);
          socket.close();
        });
    };
    socket.onclose = ({ code }) => {
      signal.removeEventListener('abort', end);
      for (const tenant of tenants) tenant.onLost();
      void last.then(() => resolve(code === 0 ? abnormalClosure : code));
    };
    // The close event follows and says all there is to say.
    socket.onerror = () => undefined;
  });
}

/** Closes after which connecting again with the same session is no use. */
export function isFinal(code: number): boolean {
  const { displaced, sessionEnded, sessionLocked, updateRequired } = socketCloseCodes;
  return [displaced, sessionEnded, sessionLocked, updateRequired].some((final) => final === code);
}
