import type { ChatSummary, GroupView } from '@hexkey/sdk';
import { Link } from '@tanstack/react-router';
import { Link2, LogOut, Pencil, UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { GroupPicture } from '../chats/chat-picture.tsx';
import { useChatDeed, useGroup, useJoinRequests } from '../chats/use-chats.ts';
import { useChatName } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { RowContent, rowLook } from '../ui/list-row.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { ChatOnDevice } from './chat-on-device.tsx';
import { ConfirmSheet } from './confirm-sheet.tsx';
import { GroupProfileSheet } from './group-profile-sheet.tsx';
import { MemberList } from './member-list.tsx';
import { TimerRow } from './timer-row.tsx';

/** A group: what it is called, who is in it, and what its reader may do there. */
export function GroupDetails({ chat }: { chat: ChatSummary }) {
  const t = useT();
  const group = useGroup(chat.chatId);
  const isIn = chat.obstacle !== 'left' && chat.obstacle !== 'removed';
  return (
    <>
      <div className="flex flex-col items-center gap-1 py-2 text-center">
        <GroupPicture name={chat.name} picture={chat.picture} className="size-24" />
        <h2 className="mt-2 max-w-full font-semibold text-title [overflow-wrap:anywhere]">
          <bdi>{useChatName()(chat)}</bdi>
        </h2>
      </div>
      {group.isPending && <SkeletonRows label={t('chat.loading')} count={3} />}
      {group.isError && (
        <ErrorNotice
          error={group.error}
          actions={<Button onClick={() => void group.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {group.data && isIn && <GroupRows chat={chat} group={group.data} />}
      {group.data && <MemberList group={group.data} isIn={isIn} />}
      <TimerRow chat={chat} />
      <ChatOnDevice chat={chat} />
      {group.data && isIn && <Leave chat={chat} group={group.data} />}
    </>
  );
}

/** What owner and admins do with the group. */
function GroupRows({ chat, group }: { chat: ChatSummary; group: GroupView }) {
  const t = useT();
  const [isEditing, setEditing] = useState(false);
  const mayRule = group.ownRole !== 'member';
  const requests = useJoinRequests(chat.chatId, mayRule).data ?? [];
  if (!mayRule) return null;
  const params = { chatId: chat.chatId };
  return (
    <Card>
      <Link to="/chats/$chatId/add" params={params} className={rowLook}>
        <RowContent icon={<UserRoundPlus aria-hidden="true" />} title={t('group.add')} />
      </Link>
      <Link to="/chats/$chatId/link" params={params} className={rowLook}>
        <RowContent
          icon={<Link2 aria-hidden="true" />}
          title={t('group.link')}
          hint={requests.length > 0 ? t('group.requests', { count: requests.length }) : t('group.link-hint')}
        />
      </Link>
      <button type="button" className={rowLook} onClick={() => setEditing(true)}>
        <Pencil aria-hidden="true" className="size-5 text-muted" />
        {t('group.edit')}
      </button>
      {isEditing && <GroupProfileSheet chat={chat} onClose={() => setEditing(false)} />}
    </Card>
  );
}

/** The owner hands the group over first, unless nobody else is in it. */
function Leave({ chat, group }: { chat: ChatSummary; group: GroupView }) {
  const t = useT();
  const say = useToast();
  const name = useChatName()(chat);
  const [asks, setAsks] = useState(false);
  const leave = useChatDeed((chats, id: string) => chats.leave(id));
  if (group.ownRole === 'owner' && group.members.length > 1)
    return <Notice tone="info" title={t('group.leave-owner')} />;
  return (
    <>
      <Button tone="secondary" onClick={() => setAsks(true)}>
        <LogOut aria-hidden="true" className="size-5" />
        {t('group.leave')}
      </Button>
      {asks && (
        <ConfirmSheet
          title={t('group.leave-title', { name })}
          lead={t('group.leave-lead')}
          deed={t('group.leave')}
          operation={leave}
          input={chat.chatId}
          onDone={() => say(t('group.left'))}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}
