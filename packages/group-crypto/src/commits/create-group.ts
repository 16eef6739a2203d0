import { createGroup } from 'ts-mls';
import type { Deps } from '../deps.ts';
import { GroupCryptoRefusal } from '../group-crypto.ts';
import { checkCredentials, rosterOf } from '../identity/roster.ts';
import { makeKeyPackage } from '../key-packages/make-key-package.ts';
import { clientConfig } from '../mls/client-config.ts';
import { checkGroupId, groupIdBytes } from '../state/group-id.ts';
import { groupChanges } from '../state/group-rows.ts';

/** RFC 9420 section 11. @throws {GroupCryptoRefusal} `group-exists`, `no-credential`, `refused-credential` (the own one) */
export async function startGroup(deps: Deps, groupId: string): Promise<void> {
  checkGroupId(groupId);
  if ((await deps.groups.load(groupId)) !== null) throw new GroupCryptoRefusal('group-exists');
  const { publicPackage, privatePackage } = await makeKeyPackage(deps, false);
  const check = checkCredentials(deps.validate);
  const { clientConfig: _, ...state } = await createGroup(
    groupIdBytes(groupId),
    publicPackage,
    privatePackage,
    [],
    deps.suite,
    clientConfig(check, deps.clock),
  );
  const roster = await rosterOf(state.ratchetTree, [], check);
  if (roster === null) throw new GroupCryptoRefusal('refused-credential');
  const group = { groupId, state, roster, past: [] };
  await deps.groups.write(groupChanges(null, group), groupId, group);
}
