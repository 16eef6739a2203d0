import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const tones = {
  danger: { icon: CircleAlert, look: 'text-danger' },
  warn: { icon: TriangleAlert, look: 'text-warn' },
  good: { icon: CircleCheck, look: 'text-good' },
  info: { icon: Info, look: 'text-accent' },
} as const;

/**
 * What happened, what it means, what to do.
 * @param urgent read out at once; for answers to what the person just did
 */
export function Notice(props: {
  tone: keyof typeof tones;
  title?: string;
  children?: ReactNode;
  footnote?: string;
  actions?: ReactNode;
  urgent?: boolean;
}) {
  const { icon: Icon, look } = tones[props.tone];
  return (
    <div
      role={props.urgent ? 'alert' : undefined}
      className="flex animate-rise gap-3 rounded-card border border-line bg-surface p-4"
    >
      <Icon aria-hidden="true" className={`mt-px size-5 shrink-0 ${look}`} />
      <div className="min-w-0 flex-1">
        {props.title && <p className="font-medium [overflow-wrap:anywhere]">{props.title}</p>}
        {props.children && (
          <div className={props.title ? 'mt-1 text-muted' : undefined}>{props.children}</div>
        )}
        {props.footnote && <p className="figures mt-1 text-muted text-sm">{props.footnote}</p>}
        {props.actions && <div className="mt-3 flex flex-wrap gap-2">{props.actions}</div>}
      </div>
    </div>
  );
}
