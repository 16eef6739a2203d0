import type { Socket, SocketLink } from '@hexkey/sdk';
import { WebSocket } from 'ws';

/** Sockets of this process. The profile's lock keeps other processes out, so this one has the only one. */
export function socketLink(teamKey: Uint8Array, wait: SocketLink['wait']): SocketLink {
  return {
    teamKey,
    // Its `onmessage` and `send` are those of the platform; only the types differ.
    open: (url) => new WebSocket(url) as unknown as Socket,
    wait,
    alone: (_signal, work) => work(),
  };
}
