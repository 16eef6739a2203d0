import type { ChatSummary } from '@hexkey/sdk';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { useChatDeed } from '../chats/use-chats.ts';
import { useChatName } from '../chats/use-names.ts';
import { ReportSheet } from '../contacts/report-sheet.tsx';
import { usePersonDeed } from '../contacts/use-people.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Foot } from './obstacle-notice.tsx';

/** In the place of the composer while somebody who is no contact waits for an answer. */
export function RequestNotice({ chat }: { chat: ChatSummary }) {
  const t = useT();
  const say = useToast();
  const name = useChatName()(chat);
  const hexkeyId = chat.peer?.person?.hexkeyId;
  const accept = useChatDeed((chats) => chats.accept(chat.chatId));
  const block = usePersonDeed('block');
  const [isReporting, setReporting] = useState(false);
  const isBusy = accept.state.is === 'running' || block.state.is === 'running';
  const failure = [accept.state, block.state].find((state) => state.is === 'failed');
  return (
    <Foot>
      <p className="pt-1 text-center text-balance text-muted text-sm">{t('requests.question', { name })}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button disabled={isBusy} onClick={() => void accept.run()}>
          {t('requests.accept')}
        </Button>
        {hexkeyId !== undefined && (
          <>
            <Button
              tone="danger"
              disabled={isBusy}
              onClick={async () => {
                if (await block.run(hexkeyId)) say(t('contacts.blocked', { name }));
              }}
            >
              {t('contacts.block')}
            </Button>
            <Button tone="secondary" disabled={isBusy} onClick={() => setReporting(true)}>
              {t('report.report')}
            </Button>
          </>
        )}
      </div>
      {failure?.is === 'failed' && <ErrorNotice error={failure.error} />}
      {isReporting && hexkeyId !== undefined && (
        <ReportSheet hexkeyId={hexkeyId} name={name} onClose={() => setReporting(false)} />
      )}
    </Foot>
  );
}
