import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useT } from '../i18n/use-t.ts';
import { type RoutePath, routeOf } from '../route-table.ts';
import { Button, iconButtonLook } from '../ui/button.tsx';
import { RowContent, rowLook } from '../ui/list-row.tsx';

/** A link in running text. */
export function TextLink({ to, children }: { to: RoutePath; children: ReactNode }) {
  return (
    <Link to={to} className="font-medium text-accent underline underline-offset-4">
      {children}
    </Link>
  );
}

/** One step on in a flow: a button that leads to a page. */
export function StepButton(props: {
  to: RoutePath;
  tone?: 'primary' | 'secondary' | 'quiet';
  wide?: boolean;
  children: ReactNode;
}) {
  const navigate = useNavigate();
  return (
    <Button tone={props.tone} wide={props.wide} onClick={() => void navigate({ to: props.to })}>
      {props.children}
    </Button>
  );
}

/** One of the ways a flow can go, with what it means. The whole card is the button's; its name is the title alone. */
export function WayButton(props: { to: RoutePath; icon: ReactNode; title: string; hint: string }) {
  const navigate = useNavigate();
  const hintId = useId();
  return (
    <div className="relative flex items-center gap-4 rounded-card border border-edge bg-surface p-4 transition-colors duration-150 hover:bg-accent/5">
      <span className="text-accent [&>svg]:size-6">{props.icon}</span>
      <div className="min-w-0 flex-1">
        <button
          type="button"
          aria-describedby={hintId}
          onClick={() => void navigate({ to: props.to })}
          className="text-left font-medium outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-2"
        >
          {props.title}
        </button>
        <p id={hintId} className="mt-0.5 text-muted text-sm">
          {props.hint}
        </p>
      </div>
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
    </div>
  );
}

export function RowLink(props: {
  to: RoutePath;
  icon?: ReactNode;
  title: string;
  hint?: string;
  value?: string;
  /** Pages below it count as it: the row stays marked while one of them is open. */
  marked?: boolean;
}) {
  return (
    <Link
      to={props.to}
      className={`${rowLook} ${props.marked ? 'wide:aria-[current=page]:bg-accent/10' : ''}`}
      activeOptions={{ exact: !props.marked }}
    >
      <RowContent icon={props.icon} title={props.title} hint={props.hint} value={props.value} />
    </Link>
  );
}

/** To the page above; nothing on a page that has none. */
export function BackLink({ from, only }: { from: RoutePath; only?: 'narrow' }) {
  const t = useT();
  const parent = routeOf(from)?.parent;
  if (!parent) return null;
  return (
    <Link
      to={parent}
      aria-label={t('action.back')}
      title={t('action.back')}
      className={`${iconButtonLook} ${only === 'narrow' ? 'wide:hidden' : ''}`}
    >
      <ArrowLeft aria-hidden="true" className="size-5" />
    </Link>
  );
}
