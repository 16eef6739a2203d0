import type { Words } from '@hexkey/sdk';
import { CircleCheck } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { BackLink, StepButton, TextLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { SecretWords } from './secret-words.tsx';
import { useWordsBackup } from './use-words-backup.ts';
import { WordsCheck } from './words-check.tsx';

type Bar = NonNullable<ComponentProps<typeof BareScreen>['bar']>;

/** /settings/account/security/recovery-kit/words: what to know, the PIN, the words, and the check that makes them a backup. */
export function WordsBackupScreen() {
  const t = useT();
  const { flow, send, prove, check } = useWordsBackup();
  const bar = { start: <BackLink from="/settings/account/security/recovery-kit/words" /> };
  switch (flow.at) {
    case 'notice':
      return <Before bar={bar} onUnderstood={() => send({ type: 'understood' })} />;
    case 'pin':
      return (
        <BareScreen
          title={t('words.title')}
          bar={bar}
          lead={
            <p id="backup-pin-lead" {...(flow.again && { role: 'alert' })}>
              {t(flow.again ? 'pin-again.lead' : 'words.view-lead')}
            </p>
          }
        >
          <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none">
            <PinPrompt purpose={prove} describedBy="backup-pin-lead" />
          </div>
        </BareScreen>
      );
    case 'words':
      return <WriteDown bar={bar} words={flow.words} onWritten={() => send({ type: 'wrote-down' })} />;
    case 'check':
      return (
        <WordsCheck
          bar={bar}
          count={flow.words.reveal().length}
          wrong={flow.wrong}
          check={check}
          onEdit={() => send({ type: 'edited' })}
          onLookAgain={() => {
            check.reset();
            send({ type: 'looked-again' });
          }}
        />
      );
    case 'done':
      return <BackedUp />;
  }
}

function Before({ bar, onUnderstood }: { bar: Bar; onUnderstood: () => void }) {
  const t = useT();
  return (
    <BareScreen
      title={t('words.title')}
      lead={t('words.before-lead')}
      bar={bar}
      footer={
        <Button wide onClick={onUnderstood}>
          {t('action.continue')}
        </Button>
      }
    >
      <ul className="flex flex-col gap-3">
        <Point>{t('words.before-paper')}</Point>
        <Point>{t('words.before-alone')}</Point>
        <Point>{t('words.before-only-here')}</Point>
        <Point>
          {t('words.before-not-pin')}{' '}
          <TextLink to="/settings/account/security/forgot-pin">{t('kit.not-pin-help')}</TextLink>
        </Point>
      </ul>
    </BareScreen>
  );
}

function Point({ children }: { children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <CircleCheck aria-hidden="true" className="mt-px size-5 shrink-0 text-good" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}

function WriteDown({ bar, words, onWritten }: { bar: Bar; words: Words; onWritten: () => void }) {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen
      title={t('words.show-title')}
      bar={bar}
      footer={
        <Button wide onClick={onWritten}>
          {t('words.written')}
        </Button>
      }
    >
      <SecretWords words={words} />
    </BareScreen>
  );
}

function BackedUp() {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen
      title={t('kit.backed-up')}
      lead={<p role="status">{t('words.backed-up')}</p>}
      hero={<CircleCheck aria-hidden="true" className="mb-4 size-12 stroke-[1.5] text-good" />}
      footer={
        <StepButton wide to="/settings/account/security/recovery-kit">
          {t('action.done')}
        </StepButton>
      }
    />
  );
}
