import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { routeOf } from '../route-table.ts';
import { ChatList } from './chat-list.tsx';

/** The list of chats, with the open one beside it where there is room, in its place where there is not. */
export function ChatsLayout({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const atList = pathname === '/chats';
  const filled = routeOf(pathname)?.fills === true;
  const List = atList ? 'main' : 'aside';
  return (
    <div className={`flex wide:h-full ${filled ? 'h-full' : 'min-h-full'}`}>
      <List
        className={`w-full wide:block wide:w-88 wide:shrink-0 wide:overflow-y-auto wide:border-line wide:border-r ${atList ? '' : 'hidden'}`}
      >
        <ChatList heading={atList ? 'h1' : 'h2'} />
      </List>
      <div
        data-page-scroll
        className={`min-w-0 flex-1 wide:block ${filled ? 'overflow-hidden' : 'wide:overflow-y-auto'} ${atList ? 'hidden' : ''}`}
      >
        {children}
      </div>
    </div>
  );
}
