import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { Random } from '@hexkey/protocol';
import { StartError, systemCodeOf } from '../start-error.ts';

// Below where Linux (32768), macOS and Windows (49152) take the ports of outgoing connections from: a part that restarts
// finds its port free.
const first = 20_000;
const end = 32_000;

/** Ports of the loopback interface that nobody listens on, all different. */
export async function freePorts(count: number, random: Random): Promise<readonly number[]> {
  const servers: Server[] = [];
  const ports: number[] = [];
  for (let tried = 0; ports.length < count; tried += 1) {
    if (tried === end - first) throw new StartError(`No ${count} free ports between ${first} and ${end}`);
    const [high = 0, low = 0] = random(2);
    const port = first + ((high * 256 + low) % (end - first));
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    } catch {
      continue;
    }
    servers.push(server);
    ports.push(port);
  }
  // Held together until all are known, so that none is given twice.
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** @throws {StartError} the port cannot be listened on */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    await once(server.close(), 'close');
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'EADDRINUSE')
      throw new StartError(`Port ${port} is in use: stop the program that uses it, or set HEXKEY_PORT`);
    throw new StartError(`Cannot listen on ${host} port ${port} (${code}): set HEXKEY_HOST or HEXKEY_PORT`);
  }
}
