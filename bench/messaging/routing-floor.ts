import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';

// A process that passes frames on between pairs of sockets and does nothing else: what `ws` itself costs. Of `/N` the first that comes is one
// side, the second the other.
const server = createServer();
const waiting = new Map<string, WebSocket>();
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, { url = '' }) => {
  const other = waiting.get(url);
  if (other === undefined) waiting.set(url, socket);
  else {
    const route = (to: WebSocket) => (frame: RawData) => to.send(frame as Buffer, { binary: true });
    other.on('message', route(socket));
    socket.on('message', route(other));
  }
  socket.send(new Uint8Array(1));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` });
process.once('disconnect', () => process.exit(0));
