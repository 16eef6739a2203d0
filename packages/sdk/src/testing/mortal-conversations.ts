import type { GroupStore } from '@hexkey/group-crypto';
import { decodeDeviceFrame } from '@hexkey/protocol';
import type { ChatStore } from '../chats/store/chat-store.ts';
import type { Fetch, Socket, SocketLink } from '../deps.ts';

/** A process that dies after so many steps: nothing is written, sent or asked any more, and nobody hears of it. */
export interface Mortality {
  chats(store: ChatStore): ChatStore;
  groups(store: GroupStore): GroupStore;
  socket(link: SocketLink): SocketLink;
  fetch(next: Fetch): Fetch;
  readonly isDead: () => boolean;
}

const forever = <T>(): Promise<T> => new Promise(() => undefined);

/** @param steps writes to either store, frames after the hello and requests that change something, all together */
export function mortality(steps: number): Mortality {
  let left = steps;
  const sockets: Socket[] = [];
  function step(): boolean {
    left -= 1;
    if (left < 0) for (const socket of sockets) socket.close();
    return left >= 0;
  }
  return {
    isDead: () => left < 0,
    chats: (store) => ({
      ...store,
      write: (...write) => (step() ? store.write(...write) : forever()),
    }),
    groups: (store) => ({
      ...store,
      write: (changes) => (step() ? store.write(changes) : forever()),
    }),
    socket: (link) => ({
      ...link,
      open(url) {
        const socket = link.open(url);
        sockets.push(socket);
        const send = socket.send.bind(socket);
        socket.send = (bytes) => {
          if (left < 0) return;
          const isHello = decodeDeviceFrame(new Uint8Array(bytes as Uint8Array)).type === 'hello';
          if (isHello || step()) send(bytes);
        };
        return socket;
      },
      // The dead do not try again.
      wait: (...given) => (left < 0 ? forever() : link.wait(...given)),
    }),
    fetch: (next) => (url, init) => (init.method === 'GET' || step() ? next(url, init) : forever()),
  };
}
