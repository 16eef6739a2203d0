import { DomainError } from '@hexkey/contract';
import type { HexkeyClient } from '@hexkey/sdk';

/** How long a command waits for what it needs of the server. */
const patienceMs = 30_000;
/** The server says everything that waited as soon as this device is there, and has no word for "that was all". */
const firstNewsMs = 3_000;
const quietMs = 1_500;

export interface Connection {
  /** Resolves when what waited on the server is here, or after 30 seconds of news. */
  caughtUp(): Promise<void>;
  /** Resolves at the next change, or after that time. */
  news(milliseconds: number): Promise<unknown>;
  /** Asks again after each change. @returns whether it came true within 30 seconds */
  until(isTrue: () => Promise<boolean>): Promise<boolean>;
}

/** Runs work while this process is connected. @throws {DomainError} `Offline`, `SessionEnded` */
export async function whileConnected<T>(
  hexkey: HexkeyClient,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  // Refuses who is not logged in, before anything is waited for.
  await hexkey.chats.list();
  const disconnect = hexkey.teamHexkey.connect();
  const news = new Set<() => void>();
  const unsubscribe = hexkey.chats.subscribe(() => {
    for (const heard of news) heard();
  });
  /** @returns whether there was news in that time */
  const newsWithin = (milliseconds: number) =>
    new Promise<boolean>((resolve) => {
      const end = (was: boolean) => {
        clearTimeout(timer);
        news.delete(heard);
        resolve(was);
      };
      const heard = () => end(true);
      const timer = setTimeout(() => end(false), milliseconds);
      news.add(heard);
    });
  async function until(isTrue: () => Promise<boolean>): Promise<boolean> {
    const endsAt = Date.now() + patienceMs;
    while (!(await isTrue())) {
      if (Date.now() > endsAt) return false;
      await newsWithin(100);
    }
    return true;
  }
  try {
    const isLive = await until(async () => hexkey.teamHexkey.connection === 'live');
    if (!isLive) throw new DomainError('Offline', {});
    return await work({
      until,
      news: newsWithin,
      async caughtUp() {
        const endsAt = Date.now() + patienceMs;
        let heard = await newsWithin(firstNewsMs);
        while (heard && Date.now() < endsAt) heard = await newsWithin(quietMs);
      },
    });
  } finally {
    unsubscribe();
    disconnect();
  }
}
