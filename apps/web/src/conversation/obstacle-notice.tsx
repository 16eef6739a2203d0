import type { ChatObstacle, ChatSummary } from '@hexkey/sdk';
import { useNavigate } from '@tanstack/react-router';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useChatName, useNameOf } from '../chats/use-names.ts';
import { usePersonDeed } from '../contacts/use-people.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** In the place of the composer: why nothing can be written here, and what to do about it. */
export function ObstacleNotice({ chat, obstacle }: { chat: ChatSummary; obstacle: ChatObstacle }) {
  const t = useT();
  const chatName = useChatName()(chat);
  const nameOf = useNameOf();
  const name = chat.changed ? nameOf(chat.changed) : chatName;
  const navigate = useNavigate();
  if (obstacle === 'security-code-changed')
    return (
      <Foot>
        <Notice tone="warn" title={t('obstacle.changed-title', { name })}>
          {t(chat.kind === 'group' ? 'obstacle.changed-group' : 'obstacle.changed')}
        </Notice>
        <Button
          onClick={() => void navigate({ to: '/chats/$chatId/safety', params: { chatId: chat.chatId } })}
        >
          {t('obstacle.compare')}
        </Button>
      </Foot>
    );
  return (
    <Foot>
      <p role="status" className="py-2 text-center text-balance text-muted">
        {t(`obstacle.${obstacle}`)}
      </p>
      {obstacle === 'blocked' && chat.peer?.person && <Unblock hexkeyId={chat.peer.person.hexkeyId} />}
    </Foot>
  );
}

/** In the composer's place. */
export function Foot({ children }: { children: React.ReactNode }) {
  return (
    <div className="flex shrink-0 flex-col items-center gap-2 border-line border-t px-3 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {children}
    </div>
  );
}

function Unblock({ hexkeyId }: { hexkeyId: string }) {
  const t = useT();
  const unblock = usePersonDeed('unblock');
  return (
    <>
      <Button disabled={unblock.state.is === 'running'} onClick={() => void unblock.run(hexkeyId)}>
        {t('blocked.unblock')}
      </Button>
      {unblock.state.is === 'failed' && <ErrorNotice error={unblock.state.error} />}
    </>
  );
}
