import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ServerOrder } from './pin-node-server.ts';

/** A PIN node in a process of its own. */
export interface NodeProcess {
  /** Ends in `/`. */
  readonly address: string;
  /** User and system time the process has used so far. */
  cpuSeconds(): Promise<number>;
  /** From now on the kernel takes connections for it and it answers nothing. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export async function startNodeProcess(order: ServerOrder): Promise<NodeProcess> {
  const child = forkTypeScript(new URL('./pin-node-server.ts', import.meta.url));
  child.send(order);
  const { address } = await messageOf<{ address: string }>(child);
  return {
    address,
    async cpuSeconds() {
      child.send('cpu');
      return (await messageOf<{ cpuSeconds: number }>(child)).cpuSeconds;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async stop() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** The launcher hooks TypeScript into its own process only. */
export function forkTypeScript(file: URL): ChildProcess {
  return fork(file, { execArgv: ['--import', 'tsx'] });
}

/** The next message. @throws when the process ends instead */
export async function messageOf<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${code}`);
  });
  exit.catch(() => undefined); // the race hears it; after an abort nobody has to
  try {
    const [message] = await Promise.race([once(child, 'message', { signal: ended.signal }), exit]);
    return message as T;
  } finally {
    ended.abort();
  }
}
