import { Compass } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { StepButton } from './link.tsx';
import { entryOf } from './place-guard.ts';
import { useStanding } from './use-standing.ts';

export function NotFoundScreen() {
  const t = useT();
  return (
    <BareScreen
      title={t('not-found.title')}
      lead={t('not-found.lead')}
      hero={<Compass aria-hidden="true" className="mb-4 size-12 stroke-[1.25] text-muted" />}
      footer={
        <StepButton wide to={entryOf(useStanding())}>
          {t('not-found.home')}
        </StepButton>
      }
    />
  );
}
