import type { Server } from 'node:http';

const drainDeadlineMs = 5000;

/**
 * Counts the requests that run. @returns what closes the server: it waits for those to be answered, at most five
 * seconds, and not for connections that are only open
 */
export function drainable(server: Server): () => Promise<void> {
  let running = 0;
  let onIdle = () => {};
  server.on('request', (_, response) => {
    running += 1;
    response.once('close', () => {
      running -= 1;
      if (running === 0) onIdle();
    });
  });
  return async () => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    const deadline = setTimeout(() => server.closeAllConnections(), drainDeadlineMs);
    onIdle = () => server.closeAllConnections();
    if (running === 0) onIdle();
    await closed;
    clearTimeout(deadline);
  };
}
