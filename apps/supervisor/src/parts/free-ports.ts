import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { StartError, systemCodeOf } from '../start-error.ts';

/** Ports of the loopback interface that nobody listens on, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }),
  );
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
