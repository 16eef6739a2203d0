import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  request,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A request on its way, whole. */
export interface PassingRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

/** What a test does with what passes: as it likes, like whoever stands between a browser and a server. */
export interface Interference {
  /** Called before a request goes on, which waits for it. */
  before?(passing: PassingRequest): Promise<void> | void;
  /** @returns the answer that arrives in the place of this one */
  after?(passing: PassingRequest, answer: Buffer): Buffer;
}

/** A place in front of the front door that everything passes, in real requests over real sockets. */
export interface Passage {
  /** Nothing interferes until this is set. */
  interfere: Interference;
  stop(): Promise<void>;
}

/** @param port listened on @param doorPort where it leads */
export async function openPassage(port: number, doorPort: number): Promise<Passage> {
  const passage: Passage = {
    interfere: {},
    async stop() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = 'GET', url: path = '/' } = incoming;
    const passing = { method, path, body: Buffer.concat(chunks) };
    const { before, after } = passage.interfere;
    await before?.(passing);
    const onward = request(onwardOf(incoming, doorPort), async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      const bytes = Buffer.concat(parts);
      const told = after?.(passing, bytes) ?? bytes;
      response.writeHead(answer.statusCode ?? 502, lengthOf(answer.headers, told)).end(told);
    });
    onward.on('error', () => response.destroy());
    onward.end(passing.body);
  });
  server.on('upgrade', (incoming, caller, head) => join(incoming, caller, head, doorPort));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  if ((server.address() as AddressInfo).port !== port) throw new Error('another port than was asked for');
  return passage;
}

function onwardOf({ method, url, headers }: IncomingMessage, port: number): RequestOptions {
  return { host: '127.0.0.1', port, method, path: url, headers, agent: false };
}

function lengthOf(headers: IncomingHttpHeaders, body: Buffer): IncomingHttpHeaders {
  const { 'transfer-encoding': _, ...others } = headers;
  return { ...others, 'content-length': String(body.length) };
}

/** WebSockets pass byte for byte. */
function join(incoming: IncomingMessage, caller: Duplex, head: Buffer, doorPort: number): void {
  const lines = incoming.rawHeaders.flatMap((name, index, all) =>
    index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
  );
  const door = connect(doorPort, '127.0.0.1');
  door.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  door.write(head);
  door.pipe(caller).pipe(door);
  for (const [one, other] of [
    [door, caller],
    [caller, door],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}
