import { useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';

/** The question that cannot be passed wrongly: a wrong answer explains, clears itself and asks again. */
export function PinQuestion({ onRight }: { onRight: () => void }) {
  const t = useT();
  const [answer, setAnswer] = useState<'recover' | 'lose' | null>(null);
  const [wrong, setWrong] = useState(false);
  useFocusOnMount();

  const check = () => {
    if (answer === 'lose') return onRight();
    setWrong(true);
    setAnswer(null);
  };
  return (
    <BareScreen
      title={t('set-pin.question-title')}
      lead={t('set-pin.question-lead')}
      footer={
        <Button wide disabled={answer === null} onClick={check}>
          {t('action.continue')}
        </Button>
      }
    >
      <ChoiceList
        label={t('set-pin.question-title')}
        value={answer}
        onChange={setAnswer}
        choices={[
          { value: 'recover', label: t('set-pin.answer-recover') },
          { value: 'lose', label: t('set-pin.answer-lose') },
        ]}
      />
      {wrong && (
        <div className="mt-6">
          <Notice urgent tone="danger" title={t('set-pin.question-wrong')} />
        </div>
      )}
    </BareScreen>
  );
}
