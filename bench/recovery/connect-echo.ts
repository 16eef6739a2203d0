import type { Socket } from '@hexkey/sdk';

/**
 * The floor: a socket through a front door to a server that sends every frame back at once.
 * @returns one empty round trip over it, in milliseconds
 */
export async function connectEcho(
  open: (url: string) => Socket,
  origin: string,
): Promise<() => Promise<number>> {
  const socket = open(`${origin.replace('http', 'ws')}/api/echo`);
  let answered: () => void = () => undefined;
  socket.onmessage = () => answered();
  const roundTrip = async () => {
    const startedMs = performance.now();
    await new Promise<void>((resolve) => {
      answered = resolve;
      socket.send(new Uint8Array());
    });
    return performance.now() - startedMs;
  };
  // The server greets, so that nothing is sent before the socket is open.
  await new Promise<void>((resolve, reject) => {
    answered = resolve;
    socket.onclose = () => reject(new Error('the echo ended'));
  });
  return roundTrip;
}
