import type { TeamPush } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import type { SocketLink } from '../deps.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { headerOf } from './read-signed-text.ts';
import { withMessage } from './team-box.ts';

/** What nobody can open or Team Hexkey did not sign is acked and thrown away. @returns whether there is a new message */
export async function takePush(
  { deps }: Client,
  { accountId, session }: KeptAccount,
  { teamKey }: SocketLink,
  push: TeamPush,
): Promise<boolean> {
  const box = await deps.vault.teamBox(accountId);
  // Loaded with the first message: HPKE is needed by nobody before.
  const { openPush } = await import('./open-push.ts');
  const text = await openPush(box.keys, teamKey, { accountId, sessionId: session.sessionId }, push);
  const header = text === null ? null : headerOf(text);
  if (text === null || header === null) return false;
  const messages = await withMessage(deps, box, { ...header, text });
  if (messages === null) return false;
  await deps.vault.changeTeamBox(accountId, (kept) => ({ ...kept, messages }));
  return true;
}
