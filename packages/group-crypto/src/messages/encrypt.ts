import { createApplicationMessage, encodeMlsMessage } from 'ts-mls';
import type { Deps } from '../deps.ts';
import type { Encrypted } from '../group-crypto.ts';
import { checkCredentials } from '../identity/roster.ts';
import { clientConfig } from '../mls/client-config.ts';
import { activeGroup } from '../state/active-group.ts';
import { epochOf } from '../state/held-group.ts';
import { rowBytes, rowOf } from '../state/row-codec.ts';
import { ratchetChange } from '../state/secret-tree-rows.ts';

interface OutboxRow extends Encrypted {
  readonly groupId: string;
}

/**
 * Encrypts a message once: the key that was used up and the bytes are one write, so that no other text is ever encrypted under it.
 * @param anew a waiting ciphertext of an older epoch is replaced
 */
export async function encryptMessage(
  deps: Deps,
  groupId: string,
  clientMessageId: string,
  plaintext: Uint8Array,
  anew: boolean,
): Promise<Encrypted> {
  const group = await activeGroup(deps, groupId);
  const kept = await deps.store.get('outbox', clientMessageId);
  if (kept !== null) {
    const { groupId: itsGroup, epoch, ciphertext } = rowOf<OutboxRow>(kept);
    if (itsGroup !== groupId) throw new RangeError('a client message id of another group');
    if (!anew || epoch === epochOf(group)) return { epoch, ciphertext };
  }
  const { newState, privateMessage } = await createApplicationMessage(
    { ...group.state, clientConfig: clientConfig(checkCredentials(deps.validate), deps.clock) },
    plaintext,
    deps.suite,
  );
  const ciphertext = encodeMlsMessage({
    version: 'mls10',
    wireformat: 'mls_private_message',
    privateMessage,
  });
  const epoch = epochOf(group);
  const row: OutboxRow = { groupId, epoch, ciphertext };
  await deps.groups.write(
    [
      ratchetChange(groupId, epoch, newState.secretTree, group.state.privatePath.leafIndex),
      { table: 'outbox', key: clientMessageId, value: rowBytes(row) },
    ],
    groupId,
    { ...group, state: { ...group.state, secretTree: newState.secretTree } },
  );
  return { epoch, ciphertext };
}

/** Ids of the messages of a group that wait for the server. */
export async function unsentOf({ store }: Pick<Deps, 'store'>, groupId: string): Promise<readonly string[]> {
  return (await store.list('outbox'))
    .filter(({ value }) => rowOf<OutboxRow>(value).groupId === groupId)
    .map(({ key }) => key);
}
