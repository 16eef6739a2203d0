import { Link, useLocation } from '@tanstack/react-router';
import { Ellipsis, MessageCircle, WalletMinimal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Mark } from '../ui/mark.tsx';

const tabs = [
  { to: '/chats', below: ['/chats', '/contacts', '/profile'], key: 'tab.chats', icon: MessageCircle },
  { to: '/wallet', below: ['/wallet'], key: 'tab.wallet', icon: WalletMinimal },
  { to: '/more', below: ['/more', '/settings', '/help'], key: 'tab.more', icon: Ellipsis },
] as const;

/**
 * Tabs below the page on phones, a rail beside it on wide screens.
 * @param filled the page has the whole window of a phone, and scrolls inside itself
 */
export function TabLayout({ filled, children }: { filled: boolean; children: ReactNode }) {
  const t = useT();
  const { pathname } = useLocation();
  return (
    <div className={`flex flex-col wide:h-dvh wide:flex-row ${filled ? 'h-dvh' : 'min-h-dvh'}`}>
      <nav
        aria-label={t('app.navigation')}
        className={`fixed inset-x-0 bottom-0 z-10 ${filled ? 'hidden wide:flex' : 'flex'} border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] wide:static wide:w-22 wide:flex-col wide:gap-2 wide:border-t-0 wide:border-r wide:px-2 wide:py-4`}
      >
        <Mark className="mx-auto mb-4 hidden size-10 wide:block" />
        {tabs.map(({ to, below, key, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            data-open={below.some((start) => pathname.startsWith(start)) || undefined}
            className="flex min-h-16 flex-1 flex-col items-center justify-center gap-1 text-muted text-sm transition-colors duration-150 data-open:font-medium data-open:text-accent wide:flex-none wide:rounded-card wide:hover:bg-ink/5"
          >
            <Icon aria-hidden="true" className="size-6" />
            {t(key)}
          </Link>
        ))}
      </nav>
      <div className={`min-w-0 flex-1 wide:overflow-y-auto wide:pb-0 ${filled ? 'min-h-0' : 'pb-20'}`}>
        {children}
      </div>
    </div>
  );
}
