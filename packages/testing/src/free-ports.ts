import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

// Below where Linux (32768), macOS and Windows (49152) take the ports of outgoing connections from: one of those may hold a port between its
// release and the start of the server it is for, or while a killed server is away from its address. `npm start` has those from 20000. None
// that `fetch` refuses (its standard, section 2.9 "Port blocking": 10080 is the last below).
const firstBlock = 10_250;
const blockSize = 250;
const blocks = 39;

let block: number | undefined;
let given = 0;

/** Ports of the loopback interface that nobody listens on. No other test process is given them, nor this one soon again. */
export async function freePorts(count: number): Promise<number[]> {
  block ??= await claimBlock();
  const ports: number[] = [];
  for (let tried = 0; ports.length < count; tried += 1) {
    if (tried === blockSize) throw new Error(`no ${count} free ports from ${block}`);
    // The first port of the block is its claim.
    const port = block + 1 + (given % (blockSize - 1));
    given += 1;
    const server = await listen(port);
    if (server === null) continue;
    await once(server.close(), 'close');
    ports.push(port);
  }
  return ports;
}

/** One of {@link freePorts}. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port as number;
}

/** Whoever listens on its first port has a block; the end of a process, however it comes, gives it back. */
async function claimBlock(): Promise<number> {
  for (let place = 0; place < blocks; place += 1) {
    const port = firstBlock + place * blockSize;
    const server = await listen(port);
    if (server === null) continue;
    server.unref();
    return port;
  }
  throw new Error(`no block of ports is free from ${firstBlock}`);
}

async function listen(port: number): Promise<Server | null> {
  const server = createServer();
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true });
    await once(server, 'listening');
    return server;
  } catch {
    return null;
  }
}
