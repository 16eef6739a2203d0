import type { ChatSummary } from '@hexkey/sdk';
import { Link } from '@tanstack/react-router';
import { MessageCircle, MessageCircleQuestion, SquarePen, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { StepButton } from '../app/link.tsx';
import { ContactLoginNotice } from '../contact-login/contact-login-notice.tsx';
import { PersonPicture } from '../contacts/person-picture.tsx';
import { useT } from '../i18n/use-t.ts';
import { useAccount } from '../more/use-account.ts';
import { PinWarningsNotice } from '../pin-log/pin-warnings-notice.tsx';
import { KitReminder } from '../recovery-kit/kit-reminder.tsx';
import { Button, iconButtonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { ChatRow, chatRowLook } from './chat-row.tsx';
import { FoundMessages } from './found-messages.tsx';
import { isOpenRequest } from './is-open-request.ts';
import { PlaceNotice } from './place-notice.tsx';
import { StorageNotice } from './storage-notice.tsx';
import { TeamRow } from './team-row.tsx';
import { useChats } from './use-chats.ts';
import { useChatName } from './use-names.ts';

/** The chats there are, what is urgent above them. @param heading its rank: the page's own title, or that of a list beside a page */
export function ChatList({ heading: Heading }: { heading: 'h1' | 'h2' }) {
  const t = useT();
  const chats = useChats();
  const taken = (chats.data ?? []).filter(({ isRequest }) => !isRequest);
  return (
    <div className="mx-auto flex min-h-full max-w-160 flex-col px-4 pb-8">
      <header className="flex min-h-16 items-center gap-1">
        <Heading tabIndex={-1} className="min-w-0 flex-1 truncate font-semibold text-title">
          {t('tab.chats')}
        </Heading>
        <Link
          to="/chats/new"
          aria-label={t('chats.new')}
          title={t('chats.new')}
          activeOptions={{ exact: true }}
          className={iconButtonLook}
        >
          <SquarePen aria-hidden="true" className="size-5" />
        </Link>
        <Link
          to="/contacts"
          aria-label={t('contacts.title')}
          title={t('contacts.title')}
          className={iconButtonLook}
        >
          <UsersRound aria-hidden="true" className="size-5" />
        </Link>
        <ProfileLink />
      </header>
      <div className="flex flex-1 flex-col gap-6 pt-2">
        <ContactLoginNotice />
        <PinWarningsNotice />
        <KitReminder />
        <StorageNotice />
        <PlaceNotice />
        {chats.isError && (
          <ErrorNotice
            error={chats.error}
            actions={<Button onClick={() => void chats.refetch()}>{t('action.retry')}</Button>}
          />
        )}
        <Rows chats={taken} requests={(chats.data ?? []).filter(isOpenRequest).length} />
        {chats.isPending && <SkeletonRows label={t('chats.loading')} count={3} />}
        {chats.data && taken.length === 0 && <NoChats />}
      </div>
    </div>
  );
}

/** Team Hexkey first, then the conversations, or those whose name holds what is searched for, and messages that do. */
function Rows({ chats, requests }: { chats: readonly ChatSummary[]; requests: number }) {
  const t = useT();
  const nowMs = useDependencies().clock.now();
  const nameOf = useChatName();
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase();
  const found =
    wanted === '' ? chats : chats.filter((chat) => nameOf(chat).toLocaleLowerCase().includes(wanted));
  return (
    <div className="flex flex-col gap-3">
      {(chats.length > 0 || text !== '') && (
        <SearchField label={t('chats.search')} value={text} onChange={setText} />
      )}
      <nav aria-label={t('tab.chats')}>
        <ul className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
          {wanted === '' && (
            <li>
              <TeamRow />
            </li>
          )}
          {wanted === '' && requests > 0 && (
            <li>
              <RequestsRow count={requests} />
            </li>
          )}
          {found.map((chat) => (
            <li key={chat.chatId}>
              <ChatRow chat={chat} nowMs={nowMs} />
            </li>
          ))}
          {found.length === 0 && wanted !== '' && (
            <li className="p-4 text-center text-muted [overflow-wrap:anywhere]">
              {t('chats.none-found', { text: text.trim() })}
            </li>
          )}
        </ul>
      </nav>
      {wanted !== '' && <FoundMessages text={wanted} chats={chats} nowMs={nowMs} />}
    </div>
  );
}

function RequestsRow({ count }: { count: number }) {
  const t = useT();
  return (
    <Link to="/chats/requests" className={chatRowLook}>
      <span className="flex size-11 shrink-0 items-center justify-center rounded-full bg-ink/5 text-muted">
        <MessageCircleQuestion aria-hidden="true" className="size-5" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="font-medium">{t('requests.title')}</span>
        <span className="block truncate text-muted text-sm">{t('requests.count', { count })}</span>
      </span>
    </Link>
  );
}

function NoChats() {
  const t = useT();
  return (
    <EmptyState icon={<MessageCircle aria-hidden="true" />} title={t('chats.empty-title')}>
      <p>{t('chats.empty')}</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        <StepButton tone="secondary" to="/profile">
          {t('chats.invite')}
        </StepButton>
        <StepButton tone="secondary" to="/contacts/add">
          {t('chats.add')}
        </StepButton>
      </div>
    </EmptyState>
  );
}

/** Top right: who I am. */
function ProfileLink() {
  const t = useT();
  const account = useAccount();
  return (
    <Link to="/profile" aria-label={t('profile.title')} title={t('profile.title')} className={iconButtonLook}>
      <PersonPicture
        name={account.data?.name ?? null}
        avatarId={account.data?.avatarId ?? null}
        className="size-9"
      />
    </Link>
  );
}
