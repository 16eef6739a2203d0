import { DomainError, routes } from '@hexkey/contract';
import { socketCloseCodes } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { OpenAccount } from '../account/open-account.ts';
import type { SocketLink } from '../deps.ts';
import type { Place } from '../place.ts';
import { isFinal, type SocketTenant, type Subtenant, talkToServer } from '../socket/talk-to-server.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { publishKey } from './publish-key.ts';
import { takePush } from './take-push.ts';
import { messagesIn } from './team-box.ts';
import type { TeamHexkey } from './team-hexkey.ts';

const firstRetryMs = 1000;
const lastRetryMs = 60_000;

/** Where the owner stands, and a call after each change of it. */
export interface Whereabouts {
  place(): Place;
  subscribe(listener: () => void): () => void;
}

export function createTeamHexkey(
  client: Client,
  open: OpenAccount,
  whereabouts: Whereabouts,
  subtenant: Subtenant | null,
): TeamHexkey {
  const { vault } = client.deps;
  const link = client.deps.socket;
  const listeners = new Set<() => void>();
  let connection: TeamHexkey['connection'] = 'off';
  const tell = () => {
    for (const listener of listeners) listener();
  };
  // One page has the socket; what it stored is the news of all.
  client.deps.otherPages?.listen(tell);
  function become(next: TeamHexkey['connection']): void {
    if (connection === next) return;
    connection = next;
    tell();
  }

  const tenantOf = (account: KeptAccount, socket: SocketLink): SocketTenant => ({
    onLive: () => become('live'),
    async take(frame, send) {
      if (frame.type !== 'team') return;
      if (await takePush(client, account, socket, frame)) {
        tell();
        client.deps.otherPages?.tell();
      }
      send({ type: 'ack', envelopeIds: [frame.envelopeId] });
    },
    onLost: () => undefined,
  });

  /** @returns whether it is worth another try with this session */
  async function connectOnce(socket: SocketLink, signal: AbortSignal): Promise<boolean> {
    become('connecting');
    const code = await open.read(async (account) => {
      await publishKey(client, account);
      await subtenant?.moveIn(account, signal);
      const team = tenantOf(account, socket);
      const tenants = subtenant === null ? [team] : [team, subtenant];
      return talkToServer(client, account, socket, signal, tenants);
    });
    // The server says by HTTP that a session is over, and the client then leaves it.
    if (code === socketCloseCodes.sessionEnded)
      await open.read((account) => client.api.call(routes.getSession, { caller: callerOf(client, account) }));
    return !isFinal(code);
  }

  async function stayConnected(socket: SocketLink, signal: AbortSignal): Promise<void> {
    try {
      await connectAgainAndAgain(socket, signal);
    } finally {
      await subtenant?.moveOut();
      become('off');
    }
  }

  async function connectAgainAndAgain(socket: SocketLink, signal: AbortSignal): Promise<void> {
    let retryMs = firstRetryMs;
    while (!signal.aborted) {
      try {
        const startedAtMs = client.deps.clock.now();
        if (!(await connectOnce(socket, signal))) break;
        if (client.deps.clock.now() - startedAtMs > lastRetryMs) retryMs = firstRetryMs;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.name === 'SessionEnded') break;
      }
      if (signal.aborted) break;
      become('waiting');
      await socket.wait(retryMs, signal);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    }
  }

  /** Runs while the session is full, for one session at a time. */
  function connect(): () => void {
    if (link === undefined) return () => undefined;
    let running: { readonly sessionId: string; readonly control: AbortController } | null = null;
    const look = () => {
      const place = whereabouts.place();
      const sessionId = place.at === 'home' ? place.session.sessionId : null;
      if (running?.sessionId === sessionId) return;
      running?.control.abort();
      running = null;
      if (sessionId === null) return;
      const control = new AbortController();
      running = { sessionId, control };
      // Not background work, which ends: this goes on as long as the page.
      link.alone(control.signal, () => stayConnected(link, control.signal)).catch(client.deps.reportBug);
    };
    const unsubscribe = whereabouts.subscribe(look);
    look();
    return () => {
      unsubscribe();
      running?.control.abort();
      running = null;
    };
  }

  return {
    get connection() {
      return connection;
    },
    messages: () =>
      open.read(async ({ accountId }) => messagesIn(client.deps, await vault.teamBox(accountId))),
    markAllRead: () =>
      open.read(async ({ accountId }) => {
        const last = (await messagesIn(client.deps, await vault.teamBox(accountId))).at(-1);
        if (last === undefined || last.isRead) return;
        await vault.changeTeamBox(accountId, (box) => ({
          ...box,
          readThroughMs: Math.max(box.readThroughMs, last.sentAtMs),
        }));
        tell();
        client.deps.otherPages?.tell();
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect,
  };
}
