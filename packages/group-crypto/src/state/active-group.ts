import type { Deps } from '../deps.ts';
import { GroupCryptoRefusal } from '../group-crypto.ts';
import { type HeldGroup, isRemoved } from './held-group.ts';

/** The group this device is in. @throws {GroupCryptoRefusal} `no-group`, `removed` */
export async function activeGroup({ groups }: Pick<Deps, 'groups'>, groupId: string): Promise<HeldGroup> {
  const group = await groups.load(groupId);
  if (group === null) throw new GroupCryptoRefusal('no-group');
  if (isRemoved(group)) throw new GroupCryptoRefusal('removed');
  return group;
}
