import { listChats } from '../state/chat-record.ts';
import { takeEvent } from '../state/enter-message.ts';
import type { Engine } from './engine.ts';

/** Somebody has another AIK without the word of the one before: every conversation with them says so, once for each change. */
export async function tellChangedCode(engine: Engine, accountId: string): Promise<void> {
  const { book, identity, selfId, changed } = engine;
  const changedAtMs = (await identity.known(accountId))?.changedAtMs ?? null;
  if (changedAtMs === null) return;
  await book.change(async (rows) => {
    for (const { chatId, members, lastMs } of await listChats(rows)) {
      if (!members.some((member) => member.accountId === accountId)) continue;
      const event = {
        chatId,
        id: `code-${accountId}-${changedAtMs}`,
        senderId: accountId,
        // This device's clock may be behind the server's: the line stands after what was said before.
        sentAtMs: Math.max(changedAtMs, lastMs),
      };
      await takeEvent(rows, selfId, event, { kind: 'security-code-changed', who: accountId });
    }
  });
  changed(null);
}
