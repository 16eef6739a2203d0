import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { MessagingFigures, MessagingOrder, MessagingStarted } from '../messaging-server.ts';
import { messageOf } from '../node-process.ts';

/** An account server in a process of its own. */
export interface MessagingProcess extends MessagingStarted {
  figures(): Promise<MessagingFigures>;
  stop(): Promise<void>;
}

export async function startMessaging(order: MessagingOrder): Promise<MessagingProcess> {
  const child = fork(new URL('../messaging-server.ts', import.meta.url), {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  child.send(order);
  const started = await messageOf<MessagingStarted>(child);
  return {
    ...started,
    async figures() {
      child.send('figures');
      return messageOf<MessagingFigures>(child);
    },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
