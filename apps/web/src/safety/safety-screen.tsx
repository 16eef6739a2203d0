import { isDomainError } from '@hexkey/contract';
import type { SafetyNumber } from '@hexkey/sdk';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useChatId } from '../chats/use-chat-id.ts';
import { useChatDeed, useSafetyNumber } from '../chats/use-chats.ts';
import { useNameOf } from '../chats/use-names.ts';
import { ScanQr } from '../contacts/scan-qr.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { SafetyDigits } from './safety-digits.tsx';

/** /chats/$chatId/safety: whether the two of us speak to each other and to nobody in between. */
export function SafetyScreen() {
  const t = useT();
  const chatId = useChatId();
  const safety = useSafetyNumber(chatId);
  const [answered, setAnswered] = useState(false);
  // A group has a number to compare only while somebody's code has changed: none is left once the owner has answered.
  const isSettled = answered && isDomainError(safety.error, 'NotFound');
  return (
    <Page title={t('safety.title')} bar={{ start: <BackLink from="/chats/$chatId/safety" /> }}>
      {safety.isPending && <SkeletonRows label={t('safety.loading')} count={3} />}
      {isSettled && (
        <Notice urgent tone="good" title={t('safety.settled')}>
          {t('safety.settled-lead')}
        </Notice>
      )}
      {safety.isError && !isSettled && (
        <ErrorNotice
          error={safety.error}
          actions={<Button onClick={() => void safety.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {safety.data && !isSettled && (
        <Safety chatId={chatId} safety={safety.data} onAnswered={() => setAnswered(true)} />
      )}
    </Page>
  );
}

function Safety(props: { chatId: string; safety: SafetyNumber; onAnswered: () => void }) {
  const { chatId, safety, onAnswered } = props;
  const t = useT();
  const name = useNameOf()(safety.peer);
  const [verdict, setVerdict] = useState<'same' | 'other' | null>(null);
  const compare = useChatDeed(async (chats, code: string) =>
    setVerdict((await chats.compareSafetyCode(chatId, code)) ? 'same' : 'other'),
  );
  // The code may change while its digits are being compared: what was seen is what counts.
  const answer = (isShownStill: boolean) => (isShownStill ? onAnswered() : setVerdict('other'));
  const confirm = useChatDeed(async (chats, shown: string) =>
    answer(await chats.confirmSecurityCode(chatId, shown)),
  );
  const accept = useChatDeed(async (chats, shown: string) =>
    answer(await chats.acceptSecurityCode(chatId, shown)),
  );
  const isBusy = [compare, confirm, accept].some(({ state }) => state.is === 'running');
  const failure = [compare.state, confirm.state, accept.state].find((state) => state.is === 'failed');
  return (
    <>
      <Standing state={safety.state} name={name} />
      <p className="text-muted">{t('safety.lead', { name })}</p>
      <div className="flex flex-col items-center gap-4">
        <QrCode text={safety.code} label={t('safety.code', { name })} failed={t('safety.code-failed')} />
        <SafetyDigits digits={safety.digits} />
      </div>
      <ScanQr
        onScanned={(code) => {
          setVerdict(null);
          void compare.run(code);
        }}
      />
      {verdict === 'same' && (
        <Notice urgent tone="good" title={t('safety.same')}>
          {t('safety.same-lead', { name })}
        </Notice>
      )}
      {verdict === 'other' && (
        <Notice urgent tone="danger" title={t('safety.differs')}>
          {t('safety.differs-lead', { name })}
        </Notice>
      )}
      {failure?.is === 'failed' && <ErrorNotice error={failure.error} />}
      <div className="flex flex-col gap-2">
        {safety.state !== 'verified' && (
          <Button wide disabled={isBusy} onClick={() => void confirm.run(safety.code)}>
            {t('safety.confirm')}
          </Button>
        )}
        {safety.state === 'changed' && (
          <Button wide tone="secondary" disabled={isBusy} onClick={() => void accept.run(safety.code)}>
            {t('safety.accept')}
          </Button>
        )}
      </div>
    </>
  );
}

function Standing({ state, name }: { state: SafetyNumber['state']; name: string }) {
  const t = useT();
  const tone = { unverified: 'info', verified: 'good', changed: 'warn' } as const;
  return (
    <Notice tone={tone[state]} title={t(`safety.${state}`, { name })}>
      {t(`safety.${state}-lead`, { name })}
    </Notice>
  );
}
