import type { RecoveryKitView } from '@hexkey/contract';
import { languageTags } from '../i18n/translate.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { lossMeanings } from './kit-health.ts';

/** What losing the device, the number, the words or the contact would mean right now. */
export function Losses({ kit }: { kit: RecoveryKitView }) {
  const { t, language } = useSpeech();
  const either = new Intl.ListFormat(languageTags[language], { type: 'disjunction' });
  return (
    <section>
      <h2 className="mb-2 font-medium text-muted text-sm">{t('kit.losses-title')}</h2>
      <dl className="divide-y divide-line rounded-card border border-line bg-surface">
        {lossMeanings(kit).map(({ loss, waysIn }) => (
          <div key={loss} className="px-4 py-3">
            <dt className="font-medium">{t(`kit.loss-${loss}`)}</dt>
            <dd className={waysIn.length === 0 ? 'mt-0.5 text-danger' : 'mt-0.5 text-muted'}>
              {waysIn.length === 0
                ? t('kit.loss-everything')
                : t('kit.loss-ways', { ways: either.format(waysIn.map((way) => t(`kit.way-${way}`))) })}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
