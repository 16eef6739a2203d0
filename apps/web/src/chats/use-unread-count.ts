import { useDependencies } from '../app/app-dependencies.ts';
import { useTeamMessages } from '../team-hexkey/use-team-hexkey.ts';
import { isMuted } from './is-muted.ts';
import { useChats } from './use-chats.ts';

/** Messages that were not read, Team Hexkey's among them. Muted conversations keep quiet, and requests. */
export function useUnreadCount(): number {
  const { clock } = useDependencies();
  const chats = useChats().data ?? [];
  const ofTeam = (useTeamMessages().data ?? []).filter(({ isRead }) => !isRead).length;
  return chats
    .filter((chat) => !chat.isRequest && !isMuted(chat, clock.now()))
    .reduce((sum, { unread }) => sum + unread, ofTeam);
}
