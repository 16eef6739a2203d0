import type { RecoveryKitView } from '@hexkey/contract';
import { StepButton } from '../app/link.tsx';
import { useNow } from '../app/use-now.ts';
import type { PlainKey } from '../i18n/catalogue.ts';
import { useT } from '../i18n/use-t.ts';
import type { RoutePath } from '../route-table.ts';
import { fullScore, type HealthStep, healthOf } from './health-score.ts';

const kitPath = '/settings/account/security/recovery-kit';
const ways = {
  'add-phone': '/settings/account/phone',
  'add-words': `${kitPath}/words`,
  'add-contact': `${kitPath}/contact`,
  'rehearse-phone': `${kitPath}/rehearse-phone`,
  'rehearse-words': `${kitPath}/rehearse-words`,
  'rehearse-contact': `${kitPath}/rehearse-contact`,
  repair: `${kitPath}/contact`,
  verify: '/settings/account/phone/verify',
} as const satisfies Record<string, RoutePath>;
type Way = keyof typeof ways;

const wayOf = (step: HealthStep): Way => ('method' in step ? `${step.do}-${step.method}` : step.do);

/** How well the kit stands, in a sentence and a number, and the one thing to do next. */
export function HealthCard({ kit }: { kit: RecoveryKitView }) {
  const t = useT();
  const { level, score, next } = healthOf(kit, useNow(false));
  const [step] = next;
  return (
    <section className="rounded-card border border-line bg-surface px-4 py-3">
      <h2 className="flex justify-between gap-3 font-medium">
        <span>{t('kit.health-title')}</span>
        <span className="figures">{t('kit.health-score', { score, of: fullScore })}</span>
      </h2>
      <p className={level === 'lost' ? 'mt-1 font-medium text-danger' : 'mt-1'}>{t(`kit.health-${level}`)}</p>
      <p className="mt-1 text-muted text-sm">{t('kit.health-means')}</p>
      {step && (
        <div className="mt-3">
          <StepButton to={ways[wayOf(step)]}>{t(`kit.next-${wayOf(step)}` satisfies PlainKey)}</StepButton>
        </div>
      )}
    </section>
  );
}
