import type { ChatSummary } from '@hexkey/sdk';
import { Link } from '@tanstack/react-router';
import { ShieldCheck } from 'lucide-react';
import { BackLink } from '../app/link.tsx';
import { ChatPicture } from '../chats/chat-picture.tsx';
import { useGroup, useSafetyState, useTyping } from '../chats/use-chats.ts';
import { useChatName, useNameOf } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';

/** Whose conversation it is, and the way to its details. */
export function ConversationHeader({ chat }: { chat: ChatSummary }) {
  const t = useT();
  const name = useChatName()(chat);
  const isDirect = chat.kind === 'direct';
  const isVerified = useSafetyState(chat.chatId, isDirect).data === 'verified';
  return (
    <header className="flex min-h-16 shrink-0 items-center gap-1 border-line border-b px-2 wide:px-4">
      <BackLink only="narrow" from="/chats/$chatId" />
      <div className="relative flex min-w-0 flex-1 items-center gap-3 rounded-card px-2 py-1 transition-colors duration-150 has-[a:hover]:bg-ink/5">
        <ChatPicture chat={chat} className="size-10 shrink-0" />
        <div className="min-w-0 flex-1">
          <h1 tabIndex={-1} className="flex items-center gap-1.5 font-medium">
            <bdi className="min-w-0 truncate">{name}</bdi>
            {isVerified && (
              <>
                <ShieldCheck aria-hidden="true" className="size-4 shrink-0 fill-good/20 text-good" />
                <span className="sr-only">{t('chat.verified')}</span>
              </>
            )}
          </h1>
          <p className="truncate text-muted text-sm">
            <Presence chat={chat} />
          </p>
        </div>
        <Link
          to="/chats/$chatId/details"
          params={{ chatId: chat.chatId }}
          aria-label={t('chat.details-of', { name })}
          className="absolute inset-0 rounded-card"
        />
      </div>
    </header>
  );
}

/** Who is typing; else the Hexkey ID of a person, as names can be chosen freely, or the size of a group. */
function Presence({ chat }: { chat: ChatSummary }) {
  const t = useT();
  const nameOf = useNameOf();
  const typing = useTyping(chat.chatId);
  const [typist] = typing;
  if (typist && chat.kind === 'direct') return <span className="text-accent">{t('chats.typing')}</span>;
  if (typist)
    return (
      <span className="text-accent">
        {typing.length > 1 ? t('chats.typing-several') : t('chats.typing-name', { name: nameOf(typist) })}
      </span>
    );
  if (chat.kind === 'group') return <MemberCount chatId={chat.chatId} />;
  return <span className="figures">{chat.peer?.person?.hexkeyId}</span>;
}

function MemberCount({ chatId }: { chatId: string }) {
  const t = useT();
  const members = useGroup(chatId).data?.members;
  return members ? t('chat.members', { count: members.length }) : null;
}
