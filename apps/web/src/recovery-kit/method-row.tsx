import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import { RowLink, TextLink } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import type { RoutePath } from '../route-table.ts';
import type { MethodHealth } from './kit-health.ts';

const signs: Record<MethodHealth, ReactNode> = {
  works: <CircleCheck aria-hidden="true" className="text-good" />,
  weak: <CircleAlert aria-hidden="true" className="text-warn" />,
  missing: <CircleDashed aria-hidden="true" />,
};

/** One method: what it is, its state in words, when it last worked, and the way to rehearse it. */
export function MethodRow(props: {
  to: RoutePath;
  title: string;
  health: MethodHealth;
  state: string;
  hint: string;
  lastWorkedAtMs: number | null;
  rehearse: RoutePath;
  rehearseLabel: string;
}) {
  const t = useT();
  const { date } = useFormatTime();
  return (
    <div>
      <RowLink
        to={props.to}
        icon={signs[props.health]}
        title={props.title}
        hint={props.hint}
        value={props.state}
      />
      {props.health !== 'missing' && (
        <p className="flex min-h-11 flex-wrap items-center gap-x-3 px-4 pb-2 pl-12 text-muted text-sm">
          <span>
            {props.lastWorkedAtMs === null
              ? t('kit.never-rehearsed')
              : t('kit.last-worked', { date: date(props.lastWorkedAtMs) })}
          </span>
          <TextLink to={props.rehearse}>{props.rehearseLabel}</TextLink>
        </p>
      )}
    </div>
  );
}
