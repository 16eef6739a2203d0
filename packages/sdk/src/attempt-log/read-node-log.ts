import type { AttemptEntry, ReceivedLog } from '@hexkey/protocol';
import type { NodeChannel } from '../pin/node-channel.ts';

/** Far above what a year of use leaves behind; a node that has more to say is not listened to. */
const mostPages = 250;

/**
 * Everything a node has written down after a sequence, and its head as of the last page.
 * @returns null when the node did not answer or would not say: it was not shown the right PIN just now
 */
export async function readNodeLog(
  channel: NodeChannel,
  realmId: string,
  afterSequence: number,
): Promise<ReceivedLog | null> {
  const entries: AttemptEntry[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const last = entries.at(-1)?.sequence ?? afterSequence;
    const reply = await channel.ask(realmId, { kind: 'ReadLog', afterSequence: last });
    if (!reply.ok || reply.answer.outcome !== 'Ok') return null;
    entries.push(...reply.answer.entries);
    const reached = entries.at(-1)?.sequence ?? afterSequence;
    // A page without entries below the head is judged as it is: what is missing stays missing.
    if (reached >= reply.answer.head.sequence || reply.answer.entries.length === 0)
      return { entries, head: reply.answer.head };
  }
  return null;
}
