import { isDomainError } from '@hexkey/contract';
import { phraseWords, Secret } from '@hexkey/protocol';
import type { DrillStep, Words } from '@hexkey/sdk';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { BackLink, StepButton } from '../app/link.tsx';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { DrillProgress } from '../recovery-drill/drill-progress.tsx';
import { useRefreshKit } from '../recovery-kit/use-recovery-kit.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { emptyWords } from '../ui/words-input/word-entry.ts';
import { WordsInput } from '../ui/words-input/words-input.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';
import { HiddenWords } from './hidden-words.tsx';
import { useSeen } from './use-seen.ts';
import { WordsRefusal } from './words-refusal.tsx';

const dictionary: ReadonlySet<string> = new Set(phraseWords);

/** /settings/account/security/recovery-kit/rehearse-words: the paper logs in, in a session that is thrown away, and nothing is shown. */
export function RehearseWordsScreen() {
  const t = useT();
  const { hexkey } = useDependencies();
  const refresh = useRefreshKit();
  const { isSeen, show } = useSeen();
  const [entry, setEntry] = useState(() => emptyWords(13));
  const [typed, setTyped] = useState<Words | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [step, setStep] = useState<DrillStep | null>(null);
  const [isDone, setDone] = useState(false);
  const bar = { start: <BackLink from="/settings/account/security/recovery-kit/rehearse-words" /> };

  // Misspelt words are said before a PIN is asked for.
  const goOn = useOperation(async () => {
    const words = new Secret(entry.words);
    hexkey.checkWords(words);
    setTyped(words);
  });
  const compare: PinPurpose = async (pin) => {
    if (typed === null) return;
    const drill = await hexkey.recoveryKit.openDrill('words', pin);
    try {
      await drill.finish({ words: typed }, setStep);
    } catch (error) {
      // The PIN was right and the words were not: back to the words.
      if (!isDomainError(error, 'WordsDiffer') && !isDomainError(error, 'InvalidPhrase')) throw error;
      setTyped(null);
      setRefusal(error);
      return;
    } finally {
      drill.close();
      setStep(null);
    }
    setDone(true);
    setEntry(emptyWords(13));
    await refresh();
  };

  if (isDone) return <Rehearsed />;
  if (typed !== null)
    return (
      <BareScreen
        title={t('unlock.title')}
        lead={<span id="rehearse-lead">{t('words.rehearse-pin')}</span>}
        bar={bar}
      >
        <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none">
          <PinPrompt purpose={compare} describedBy="rehearse-lead" />
          <DrillProgress step={step} />
        </div>
      </BareScreen>
    );
  const failure = goOn.state.is === 'failed' ? goOn.state.error : refusal;
  return (
    <BareScreen
      title={t('words.rehearse-title')}
      lead={t('words.rehearse-lead')}
      bar={bar}
      footer={
        <>
          {failure !== null && <WordsRefusal error={failure} />}
          <Button
            wide
            disabled={!entry.words.every((word) => dictionary.has(word))}
            onClick={() => void goOn.run()}
          >
            {t('action.continue')}
          </Button>
        </>
      }
    >
      {isSeen ? (
        <WordsInput
          entry={entry}
          dictionary={phraseWords}
          wrong={isDomainError(refusal, 'WordsDiffer') ? refusal.details.wordIndex : null}
          onChange={(next) => {
            setRefusal(null);
            goOn.reset();
            setEntry(next);
          }}
        />
      ) : (
        <HiddenWords onShow={show} />
      )}
    </BareScreen>
  );
}

function Rehearsed() {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen
      title={t('words.rehearsed-title')}
      lead={<p role="status">{t('words.rehearsed')}</p>}
      hero={<CircleCheck aria-hidden="true" className="mb-4 size-12 stroke-[1.5] text-good" />}
      footer={
        <StepButton wide to="/settings/account/security/recovery-kit">
          {t('action.done')}
        </StepButton>
      }
    />
  );
}
