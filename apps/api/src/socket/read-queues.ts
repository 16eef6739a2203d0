import type { Deps } from '../deps.ts';
import type { Push } from './push-window.ts';

/** What waits for a device: Team Hexkey's messages, then what came from people, each oldest first. */
export async function readQueues(
  { stores, clock }: Pick<Deps, 'stores' | 'clock'>,
  sessionId: string,
  without: readonly string[],
  limit: number,
): Promise<Push[]> {
  const nowMs = clock.now();
  const team = await stores.teamQueue.list(sessionId, without, limit, nowMs);
  const room = limit - team.length;
  const envelopes = room === 0 ? [] : await stores.envelopes.list(sessionId, without, room, nowMs);
  return [
    ...team.map((row) => ({
      type: 'team' as const,
      envelopeId: row.id,
      encapsulatedKey: row.encapsulated_key,
      ciphertext: row.ciphertext,
    })),
    ...envelopes.map((row) => ({
      type: 'envelope' as const,
      envelopeId: row.id,
      groupId: row.group_id,
      kind: row.kind,
      epoch: row.epoch,
      senderAccount: row.sender_account_id,
      senderDevice: row.sender_device_id,
      clientMessageId: row.client_message_id,
      sentAtMs: row.sent_at_ms,
      body: row.body,
    })),
  ];
}
