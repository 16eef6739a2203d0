import { MessageCircle } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { HexkeyId } from '../more/hexkey-id.tsx';
import { useAccount } from '../more/use-account.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { NothingChosen } from '../ui/nothing-chosen.tsx';
import { Page } from '../ui/page.tsx';
import { StorageNotice } from './storage-notice.tsx';

/** /chats: empty so far; says how people will find me. */
export function ChatsScreen() {
  const t = useT();
  const account = useAccount();
  return (
    <div className="flex min-h-full wide:h-full">
      <div className="w-full wide:w-88 wide:shrink-0 wide:overflow-y-auto wide:border-line wide:border-r">
        <Page title={t('tab.chats')}>
          <StorageNotice />
          <EmptyState icon={<MessageCircle aria-hidden="true" />} title={t('chats.empty-title')}>
            <p>{t('chats.empty')}</p>
            {account.data && (
              <div className="mt-6 text-ink">
                <p className="text-muted text-sm">{t('chats.your-id')}</p>
                <HexkeyId large id={account.data.hexkeyId} />
              </div>
            )}
          </EmptyState>
        </Page>
      </div>
      <NothingChosen>{t('chats.choose')}</NothingChosen>
    </div>
  );
}
