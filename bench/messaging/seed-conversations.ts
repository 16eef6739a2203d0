import type { OpenDatabase } from '@hexkey/api';
import { conversationsOf, type Device, type Town } from './town.ts';

/** Writes the rows that registrations, PINs and first commits would have left. */
export async function seedConversations(db: OpenDatabase['db'], town: Town, nowMs: number): Promise<void> {
  const conversations = conversationsOf(town);
  let hexkeyId = 100_000_000;
  const accountOf = ({ accountId }: Device) => ({
    id: accountId,
    hexkey_id: String(hexkeyId++),
    registered_with: 'words' as const,
    created_at_ms: nowMs,
    pin_state: 'unset' as const,
  });
  const sessionOf = ({ accountId, sessionId, pair }: Device) => ({
    id: sessionId,
    account_id: accountId,
    device_key: pair.publicKey,
    device_name: 'Bench',
    platform: 'cli' as const,
    state: 'full' as const,
    created_at_ms: nowMs,
    ends_at_ms: null,
    last_seen_at_ms: nowMs,
    last_place: '127.0.0.1',
    full_at_ms: 0,
    hold_ended: false,
    is_drill: false,
  });
  for (let first = 0; first < conversations.length; first += 500)
    await seed(conversations.slice(first, first + 500));

  async function seed(some: typeof conversations): Promise<void> {
    const people = some.flatMap(({ sender, receivers }) => [sender, ...receivers.slice(0, 1)]);
    const devices = some.flatMap(({ sender, receivers }) => [sender, ...receivers]);
    await db.insertInto('accounts').values(people.map(accountOf)).execute();
    await db.insertInto('sessions').values(devices.map(sessionOf)).execute();
    const groups = some.map(({ groupId, sender, receivers: [receiver = sender] }) => {
      const [low, high] = [sender.accountId, receiver.accountId].sort();
      return {
        id: groupId,
        kind: 'direct' as const,
        low_account_id: low as string,
        high_account_id: high as string,
        created_by_device_id: sender.sessionId,
        epoch: 1,
        group_info: new Uint8Array(400),
        position: 0,
        last_sent_at_ms: 0,
      };
    });
    await db.insertInto('groups').values(groups).execute();
    const members = some.flatMap(({ groupId, sender, receivers: [receiver = sender] }) =>
      [sender, receiver].map(({ accountId }) => ({
        group_id: groupId,
        account_id: accountId,
        role: 'member' as const,
        state: 'in' as const,
      })),
    );
    await db.insertInto('group_members').values(members).execute();
    const leaves = some.flatMap(({ groupId, sender, receivers }) =>
      [sender, ...receivers].map(({ accountId, sessionId }, leafIndex) => ({
        group_id: groupId,
        leaf_index: leafIndex,
        account_id: accountId,
        device_id: sessionId,
        joined_epoch: 1,
        is_ended: false,
      })),
    );
    await db.insertInto('group_leaves').values(leaves).execute();
  }
}
