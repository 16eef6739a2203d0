import type { GroupState } from 'ts-mls';
import { createGroupInfoWithExternalPubAndRatchetTree, encodeMlsMessage } from 'ts-mls';
import type { Deps } from '../deps.ts';
import { checkCredentials } from '../identity/roster.ts';
import { clientConfig } from '../mls/client-config.ts';

/** MLSMessage with the GroupInfo of a state: what a device needs to join by an external commit. RFC 9420 section 12.4.3. */
export async function groupInfoOf(deps: Deps, state: GroupState): Promise<Uint8Array> {
  const config = clientConfig(checkCredentials(deps.validate), deps.clock);
  const groupInfo = await createGroupInfoWithExternalPubAndRatchetTree(
    { ...state, clientConfig: config },
    [],
    deps.suite,
  );
  return encodeMlsMessage({ version: 'mls10', wireformat: 'mls_group_info', groupInfo });
}
