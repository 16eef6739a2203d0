import type { GroupRole, GroupView } from '@hexkey/sdk';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { useChatDeed, useOpenDirect } from '../chats/use-chats.ts';
import { useNameOf } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ConfirmSheet } from './confirm-sheet.tsx';

/** Somebody in a group: write to them, and what owner and admins may do. */
export function MemberSheet(props: {
  group: GroupView;
  member: GroupView['members'][number];
  onClose: () => void;
}) {
  const t = useT();
  const say = useToast();
  const { group, member, onClose } = props;
  const { chatId, ownRole } = group;
  const name = useNameOf()(member);
  const direct = useOpenDirectly(onClose);
  const [isHandingOver, setHandingOver] = useState(false);
  const setRole = useChatDeed((chats, role: GroupRole) => chats.setRole(chatId, member.accountId, role));
  const remove = useChatDeed((chats, id: string) => chats.removeMember(chatId, id));
  const isOwner = ownRole === 'owner';
  const mayRemove = isOwner || (ownRole === 'admin' && member.role === 'member');
  const isBusy =
    [setRole, remove].some(({ state }) => state.is === 'running') || direct.state.is === 'running';
  const failure = [setRole.state, remove.state, direct.state].find((state) => state.is === 'failed');
  const changeRole = async (role: GroupRole) => {
    if (!(await setRole.run(role))) return;
    say(t('group.role-set'));
    onClose();
  };
  const takeOut = async () => {
    if (!(await remove.run(member.accountId))) return;
    say(t('group.removed', { name }));
    onClose();
  };
  if (isHandingOver)
    return (
      <ConfirmSheet<GroupRole>
        title={t('group.hand-over-title', { name })}
        lead={t('group.hand-over-lead')}
        deed={t('group.hand-over')}
        operation={setRole}
        input="owner"
        onDone={() => say(t('group.role-set'))}
        onClose={onClose}
      />
    );
  const { person } = member;
  return (
    <Sheet
      open
      title={name}
      onClose={onClose}
      actions={
        <>
          {person?.kind === 'person' && (
            <Button wide disabled={isBusy} onClick={() => direct.open(person.hexkeyId)}>
              {t('group.write')}
            </Button>
          )}
          {isOwner && (
            <>
              <Button
                wide
                tone="secondary"
                disabled={isBusy}
                onClick={() => void changeRole(member.role === 'admin' ? 'member' : 'admin')}
              >
                {t(member.role === 'admin' ? 'group.unmake-admin' : 'group.make-admin')}
              </Button>
              <Button wide tone="secondary" disabled={isBusy} onClick={() => setHandingOver(true)}>
                {t('group.hand-over')}
              </Button>
            </>
          )}
          {mayRemove && (
            <Button wide tone="danger" disabled={isBusy} onClick={() => void takeOut()}>
              {t('group.remove')}
            </Button>
          )}
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      <p className="figures">
        {person && `${person.hexkeyId} · `}
        {t(`group.role-${member.role}`)}
      </p>
      {failure?.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={failure.error} />
        </div>
      )}
    </Sheet>
  );
}

function useOpenDirectly(onOpened: () => void) {
  const navigate = useNavigate();
  const direct = useOpenDirect();
  const { opened } = direct;
  useEffect(() => {
    if (opened === null) return;
    onOpened();
    void navigate({ to: '/chats/$chatId', params: { chatId: opened } });
  }, [opened, onOpened, navigate]);
  return direct;
}
