import { useLocation, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useChats } from '../chats/use-chats.ts';
import { useChatName } from '../chats/use-names.ts';
import { useUnreadCount } from '../chats/use-unread-count.ts';
import { useHelpTitle } from '../help/use-help-title.ts';
import { useT } from '../i18n/use-t.ts';
import { routeOf } from '../route-table.ts';

/** After a change of page: its title in the tab, with how much was not read, and the focus on its first field or its heading. */
export function usePageChange(): void {
  const t = useT();
  const { pathname } = useLocation();
  // The address changes before the page does; the focus waits for the page.
  const shown = useRouterState({ select: ({ matches }) => matches.at(-1)?.id });
  const nameOf = useChatName();
  const chat = useChats().data?.find(({ chatId }) => pathname === `/chats/${chatId}`);
  const helpTitle = useHelpTitle(pathname);
  const title = chat ? nameOf(chat) : (helpTitle ?? t(routeOf(pathname)?.titleKey ?? 'not-found.title'));
  const unread = useUnreadCount();
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} · ${t('app.name')}`;
  }, [title, unread, t]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is what the focus follows
  useEffect(() => {
    const target =
      document.querySelector<HTMLElement>('[data-route-focus]:not(:disabled)') ??
      document.querySelector('h1');
    target?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    // Beside a list that stays, the page scrolls in a box that stays too.
    document.querySelector('[data-page-scroll]')?.scrollTo(0, 0);
  }, [shown]);
}
