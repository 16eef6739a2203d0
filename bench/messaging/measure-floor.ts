import { once } from 'node:events';
import { WebSocket } from 'ws';
import { forkTypeScript, messageOf } from '../node-process.ts';
import { bodyBytes } from './drive-messages.ts';

/**
 * Frames of 400 bytes a second that a bare `ws` server passes on from one socket to another, with an empty answer for each: no database, no
 * reading of what is inside.
 */
export async function measureFloor(pairs: number, messages: number, window: number): Promise<number> {
  const child = forkTypeScript(new URL('./routing-floor.ts', import.meta.url));
  const { url } = await messageOf<{ url: string }>(child);
  const lines: [WebSocket, WebSocket][] = [];
  for (let number = 0; number < pairs; number += 1)
    lines.push([await connect(`${url}/${number}`), await connect(`${url}/${number}`)]);
  const share = Math.ceil(messages / pairs);
  const startedMs = performance.now();
  await Promise.all(lines.map((line) => drive(line, share, window)));
  const perSecond = (share * pairs * 1000) / (performance.now() - startedMs);
  for (const socket of lines.flat()) socket.terminate();
  child.disconnect();
  await once(child, 'exit');
  return perSecond;
}

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'message'); // the server's side is ready
  return socket;
}

function drive([sender, receiver]: [WebSocket, WebSocket], share: number, window: number): Promise<void> {
  const frame = new Uint8Array(bodyBytes);
  const answer = new Uint8Array(1);
  return new Promise((resolve) => {
    let sent = 0;
    let answered = 0;
    const sendOne = () => {
      sent += 1;
      sender.send(frame);
    };
    receiver.on('message', () => receiver.send(answer));
    sender.on('message', () => {
      answered += 1;
      if (sent < share) sendOne();
      if (answered === share) resolve();
    });
    for (let first = 0; first < Math.min(window, share); first += 1) sendOne();
  });
}
