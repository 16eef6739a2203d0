import { Link } from '@tanstack/react-router';
import { BadgeCheck } from 'lucide-react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useT } from '../i18n/use-t.ts';
import { titleOf } from '../team-hexkey/say-message.ts';
import { useTeamMessages } from '../team-hexkey/use-team-hexkey.ts';
import { Mark } from '../ui/mark.tsx';
import { chatRowLook } from './chat-row.tsx';
import { UnreadBadge } from './unread-badge.tsx';
import { useChatTimes } from './use-chat-times.ts';

/** Team Hexkey in the list of chats: its last word, and how many were not read. */
export function TeamRow() {
  const t = useT();
  const { short } = useChatTimes();
  const nowMs = useDependencies().clock.now();
  const messages = useTeamMessages().data ?? [];
  const last = messages.at(-1);
  const unread = messages.filter(({ isRead }) => !isRead).length;
  return (
    <Link to="/chats/team-hexkey" className={chatRowLook}>
      <Mark className="size-11 shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5 font-medium">
          {t('team.name')}
          <BadgeCheck aria-hidden="true" className="size-4 shrink-0 text-accent" />
          <span className="sr-only">{t('team.official')}</span>
          {last && (
            <span className="figures ml-auto shrink-0 pl-2 font-normal text-muted text-sm">
              {short(last.sentAtMs, nowMs)}
            </span>
          )}
        </span>
        <span className="mt-0.5 flex min-h-6 items-center gap-2 text-muted text-sm">
          <span className="min-w-0 flex-1 truncate">
            {last ? titleOf(t, last.message) : t('team.empty-title')}
          </span>
          <UnreadBadge count={unread} />
        </span>
      </span>
    </Link>
  );
}
