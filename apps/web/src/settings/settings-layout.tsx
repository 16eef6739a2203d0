import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SettingsList } from './settings-list.tsx';

/** The list of settings, with the chosen page beside it where there is room, in its place where there is not. */
export function SettingsLayout({ children }: { children: ReactNode }) {
  const atList = useLocation().pathname === '/settings';
  const List = atList ? 'main' : 'aside';
  return (
    <div className="flex min-h-full wide:h-full">
      <List
        className={`w-full wide:block wide:w-88 wide:shrink-0 wide:overflow-y-auto wide:border-line wide:border-r ${atList ? '' : 'hidden'}`}
      >
        <SettingsList heading={atList ? 'h1' : 'h2'} />
      </List>
      <div className={`min-w-0 flex-1 wide:block wide:overflow-y-auto ${atList ? 'hidden' : ''}`}>
        {children}
      </div>
    </div>
  );
}
