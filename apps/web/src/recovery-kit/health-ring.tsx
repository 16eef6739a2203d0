import type { RecoveryKitView } from '@hexkey/contract';
import { useT } from '../i18n/use-t.ts';
import { type MethodHealth, methodHealth, recoveryMethods } from './kit-health.ts';

const looks: Record<MethodHealth, string> = {
  works: 'stroke-good',
  weak: 'stroke-warn [stroke-dasharray:3_3]',
  missing: 'stroke-line',
};
const radius = 42;
const gapDegrees = 16;

/** One arc for each method: whole for what works, broken for what would not, pale for what is missing. */
export function HealthRing({ kit }: { kit: RecoveryKitView }) {
  const t = useT();
  return (
    <div className="relative mx-auto size-40">
      <svg viewBox="0 0 100 100" aria-hidden="true" className="size-full">
        {recoveryMethods.map((method, index) => (
          <path
            key={method}
            d={arc(index * 120 + gapDegrees / 2, (index + 1) * 120 - gapDegrees / 2)}
            fill="none"
            strokeWidth="7"
            className={looks[methodHealth(kit, method)]}
          />
        ))}
      </svg>
      <p className="absolute inset-0 flex flex-col items-center justify-center text-center">
        <span className="figures font-semibold text-display">{t('kit.ring', { count: kit.methods })}</span>
        <span className="max-w-24 text-muted text-sm">{t('kit.ring-ready')}</span>
      </p>
    </div>
  );
}

/** From the top, clockwise. */
function arc(fromDegrees: number, toDegrees: number): string {
  const from = pointAt(fromDegrees);
  const to = pointAt(toDegrees);
  return `M${from} A${radius} ${radius} 0 0 1 ${to}`;
}

function pointAt(degrees: number): string {
  const angle = ((degrees - 90) * Math.PI) / 180;
  return `${(50 + radius * Math.cos(angle)).toFixed(2)} ${(50 + radius * Math.sin(angle)).toFixed(2)}`;
}
