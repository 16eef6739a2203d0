import type { Engine } from './engine.ts';

/** Whoever waits least commits what every member may; the others then find nothing to do. */
const longestPatienceMs = 60_000;

export async function patience({ client, signal }: Engine): Promise<void> {
  const [first = 0, second = 0] = client.deps.random(2);
  const milliseconds = ((first * 256 + second) / 65_536) * longestPatienceMs;
  await client.deps.socket?.wait(milliseconds, signal);
}
