import { DomainError } from '@hexkey/contract';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { OpenAccount } from '../account/open-account.ts';
import type { ConversationKeepers } from '../deps.ts';
import type { Identity } from '../identity/identity.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { Subtenant } from '../socket/talk-to-server.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { createTransfers } from './attachments/transfers.ts';
import type { ChatId } from './chats.ts';
import { createChats } from './create-chats.ts';
import type { Desk } from './desk/desk.ts';
import { noteRelation } from './desk/keep.ts';
import { watchTyping } from './desk/watch-typing.ts';
import { type RunningEngine, runEngine } from './engine/run-engine.ts';
import type { Conversations } from './lazy-chats.ts';
import { accountsOf } from './state/person-record.ts';
import { readLater } from './state/read-later.ts';
import { type ChatBook, openChatBook } from './store/chat-book.ts';

/** Conversations of whatever account this page shows. */
export function createConversations(
  client: Client,
  open: OpenAccount,
  identity: Identity,
  keepers: ConversationKeepers,
): Conversations {
  const { deps } = client;
  const listeners = new Set<(chatId: ChatId | null) => void>();
  let book: { readonly accountId: string; readonly opened: Promise<ChatBook> } | null = null;
  let engine: RunningEngine | null = null;

  const typing = watchTyping(deps.clock);
  const transfers = createTransfers((chatId) => tellScreens(chatId));

  function tellScreens(chatId: ChatId | null): void {
    for (const listener of listeners) listener(chatId);
    quietly(at(lookAtTyping));
  }
  async function lookAtTyping(desk: Desk): Promise<void> {
    if (await typing.look(desk)) for (const listener of listeners) listener(null);
  }
  const tell = (chatId: ChatId | null) => {
    tellScreens(chatId);
    deps.otherPages?.tell();
  };
  deps.otherPages?.listen(() => {
    tellScreens(null);
    engine?.wake();
  });

  function bookOf({ accountId }: KeptAccount): Promise<ChatBook> {
    if (book?.accountId !== accountId) {
      if (book !== null) client.background(book.opened.then((old) => old.close()));
      book = { accountId, opened: keepers.openStore(accountId).then((store) => openChatBook(store, deps)) };
    }
    return book.opened;
  }

  async function deskOf(account: KeptAccount): Promise<Desk> {
    return {
      client,
      caller: callerOf(client, account),
      selfId: account.accountId,
      book: await bookOf(account),
      identity,
      transfers,
      changed(chatId) {
        tell(chatId);
        engine?.wake();
      },
      nextChange: (signal) => nextChange(listeners, signal),
    };
  }

  const at = <T>(work: (desk: Desk) => Promise<T>) =>
    open.read(async (account) => work(await deskOf(account)));
  const quietly = (work: Promise<unknown>) =>
    client.background(
      work.catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      }),
    );

  const subscribe = (listener: (chatId: ChatId | null) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  async function startEngine(account: KeptAccount, signal: AbortSignal): Promise<RunningEngine | null> {
    const own = await identity.own();
    if (own === null || own.credential === null) return null;
    const device = { accountId: account.accountId, deviceId: account.session.sessionId };
    const crypto = await keepers.openGroupCrypto(device, (leaf, key) =>
      identity.validate(leaf, key, 'present'),
    );
    await crypto.setCredential(own.credential);
    const book = await bookOf(account);
    const nowMs = deps.clock.now();
    for (const chatId of await book.change((rows) => readLater(rows, device.accountId, nowMs))) tell(chatId);
    return runEngine({
      client,
      caller: callerOf(client, account),
      selfId: device.accountId,
      deviceId: device.deviceId,
      book,
      crypto,
      identity,
      transfers,
      signal,
      changed: tell,
    });
  }

  return {
    chats: createChats({ at, quietly, subscribe, typing, transfers, clock: deps.clock }),
    tenant: createTenant(client, identity, startEngine, (running) => {
      engine = running;
    }),
    accountsOf: (hexkeyId) => at((desk) => accountsOf(desk.book, hexkeyId)),
    notePerson: (person) => quietly(at((desk) => noteRelation(desk, person))),
  };
}

/** The engine as a tenant of the socket: it moves in once this device speaks for its account, before or after the connection is there. */
function createTenant(
  client: Client,
  identity: Identity,
  start: (account: KeptAccount, signal: AbortSignal) => Promise<RunningEngine | null>,
  show: (engine: RunningEngine | null) => void,
): Subtenant {
  const inTurn = oneAtATime();
  let engine: RunningEngine | null = null;
  let live: Parameters<Subtenant['onLive']> | null = null;
  let unsubscribe: () => void = () => undefined;

  async function startOnce(account: KeptAccount, signal: AbortSignal): Promise<void> {
    if (engine !== null || signal.aborted) return;
    engine = await start(account, signal);
    show(engine);
    if (live !== null) engine?.onLive(...live);
  }

  return {
    async moveIn(account, signal) {
      unsubscribe();
      unsubscribe = identity.subscribe(({ kind }) => {
        if (kind === 'own' || kind === 'elsewhere')
          client.background(inTurn(() => startOnce(account, signal)));
      });
      await inTurn(() => startOnce(account, signal));
    },
    async moveOut() {
      unsubscribe();
      await inTurn(async () => {
        const leaving = engine;
        engine = null;
        show(null);
        await leaving?.close();
      });
    },
    onLive(...connection) {
      live = connection;
      engine?.onLive(...connection);
    },
    take: async (frame) => engine?.take(frame),
    onLost() {
      live = null;
      engine?.onLost();
    },
  };
}

function nextChange(listeners: Set<(chatId: ChatId | null) => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      listeners.delete(end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    listeners.add(end);
    signal.addEventListener('abort', end);
  });
}
