import type { PrivacySettings } from '@hexkey/sdk';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { usePrivacy } from './use-privacy.ts';

/** What each question can be answered with, widest first. */
const answers = {
  messages: ['everybody', 'contacts'],
  groups: ['everybody', 'contacts'],
  foundByPhone: ['everybody', 'contacts', 'nobody'],
} as const satisfies { readonly [Q in keyof PrivacySettings]: readonly PrivacySettings[Q][] };

/** Some questions of privacy on one page. A choice counts at once, and says so. */
export function PrivacyChoices({ questions }: { questions: readonly (keyof PrivacySettings)[] }) {
  const t = useT();
  const say = useToast();
  const { settings, change } = usePrivacy();
  const choose = async (next: Partial<PrivacySettings>) => {
    if (await change.run(next)) say(t('privacy.saved'));
  };
  if (settings.isPending) return <SkeletonRows label={t('privacy.loading')} count={3} />;
  if (settings.isError)
    return (
      <ErrorNotice
        error={settings.error}
        actions={<Button onClick={() => void settings.refetch()}>{t('action.retry')}</Button>}
      />
    );
  return (
    <>
      {questions.map((question) => (
        <section key={question} className="flex flex-col gap-3">
          <h2 className="font-medium">{t(`privacy.${question}`)}</h2>
          <ChoiceList
            label={t(`privacy.${question}`)}
            value={settings.data[question]}
            onChange={(value) => void choose({ [question]: value })}
            choices={answers[question].map((value) => ({ value, label: t(`privacy.from-${value}`) }))}
          />
          <p className="text-muted text-sm">{t(`privacy.${question}-effect`)}</p>
        </section>
      ))}
      {change.state.is === 'failed' && <ErrorNotice error={change.state.error} />}
    </>
  );
}
