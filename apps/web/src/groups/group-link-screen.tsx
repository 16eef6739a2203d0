import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useCopy } from '../app/use-copy.ts';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { useChatId } from '../chats/use-chat-id.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { JoinRequests } from './join-requests.tsx';

/** /chats/$chatId/link: the link that lets people ask to join, and whoever asks. */
export function GroupLinkScreen() {
  const t = useT();
  const chatId = useChatId();
  return (
    <Page title={t('group-link.title')} bar={{ start: <BackLink from="/chats/$chatId/link" /> }}>
      <p className="text-muted">{t('group-link.lead')}</p>
      <GroupLink chatId={chatId} />
      <JoinRequests chatId={chatId} />
    </Page>
  );
}

/** Shown once: what is kept of a link is its hash. */
function GroupLink({ chatId }: { chatId: string }) {
  const t = useT();
  const say = useToast();
  const copy = useCopy();
  const { chats } = useDependencies().hexkey;
  const [link, setLink] = useState<string | null>(null);
  const create = useOperation(async () => setLink(await chats.createInvite(chatId)));
  const revoke = useOperation(async () => {
    await chats.revokeInvite(chatId);
    setLink(null);
    say(t('group-link.revoked'));
  });
  const isBusy = create.state.is === 'running' || revoke.state.is === 'running';
  const failure = [create.state, revoke.state].find((state) => state.is === 'failed');
  return (
    <section className="flex flex-col items-center gap-4 rounded-card border border-line bg-surface p-4 text-center">
      {link !== null && (
        <>
          <QrCode text={link} label={t('group-link.qr')} failed={t('profile.qr-failed')} />
          <p className="text-sm [overflow-wrap:anywhere]">{link}</p>
          <Button tone="secondary" onClick={() => copy(link)}>
            <Link2 aria-hidden="true" className="size-5" />
            {t('profile.copy-link')}
          </Button>
        </>
      )}
      <div className="flex flex-wrap justify-center gap-2">
        <Button
          tone={link === null ? 'primary' : 'quiet'}
          disabled={isBusy}
          onClick={() => void create.run()}
        >
          {t(link === null ? 'group-link.create' : 'group-link.again')}
        </Button>
        <Button tone="quiet" className="text-danger" disabled={isBusy} onClick={() => void revoke.run()}>
          {t('group-link.revoke')}
        </Button>
      </div>
      <p className="text-muted text-sm">{t('group-link.again-lead')}</p>
      {failure?.is === 'failed' && <ErrorNotice error={failure.error} />}
    </section>
  );
}
