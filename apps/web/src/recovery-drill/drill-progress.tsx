import type { DrillStep } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';
import { Waiting } from '../ui/waiting.tsx';

const steps = ['entering', 'checking', 'leaving'] as const satisfies readonly DrillStep[];

/** Which of its three steps a rehearsal takes. Shows nothing between rehearsals. */
export function DrillProgress({ step }: { step: DrillStep | null }) {
  const t = useT();
  if (step === null) return null;
  const count = t('drill.step', { step: steps.indexOf(step) + 1, of: steps.length });
  return <Waiting>{`${count} · ${t(`drill.${step}`)}`}</Waiting>;
}
