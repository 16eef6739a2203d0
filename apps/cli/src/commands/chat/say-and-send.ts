import type { HexkeyClient } from '@hexkey/sdk';
import type { Report } from '../../command.ts';
import { whileConnected } from './stay-connected.ts';

export const notSent = 'It was not sent. It is kept here, and `hexkey chat` tries again.';

/**
 * Does something that others learn of, and waits until that has left this computer.
 * @param chatIds where it is said
 * @param report of what work resolved to
 */
export async function sayAndSend<T>(
  hexkey: HexkeyClient,
  chatIds: readonly string[],
  work: () => Promise<T>,
  report: (result: T) => Promise<Report>,
): Promise<Report> {
  const { chats } = hexkey;
  const { result, isSent } = await whileConnected(hexkey, async ({ until }) => {
    const done = await work();
    const allLeft = async () =>
      (await Promise.all(chatIds.map((chatId) => chats.unsent(chatId)))).every((count) => count === 0);
    return { result: done, isSent: await until(allLeft) };
  });
  const { value, lines } = await report(result);
  return isSent ? { value, lines } : { value, lines: [...lines, notSent], isBad: true };
}
