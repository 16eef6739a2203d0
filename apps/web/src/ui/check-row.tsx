import { type ReactNode, useId } from 'react';

/** One thing that may be chosen besides, and what it does. */
export function CheckRow(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="rounded-card border border-line bg-surface px-4 py-3">
      <label htmlFor={id} className="flex min-h-11 items-center gap-3 font-medium">
        <input
          id={id}
          type="checkbox"
          checked={props.checked}
          onChange={(event) => props.onChange(event.target.checked)}
          aria-describedby={`${id}-effect`}
          className="size-5 shrink-0 accent-accent"
        />
        {props.label}
      </label>
      <p id={`${id}-effect`} className="pl-8 text-muted text-sm">
        {props.children}
      </p>
    </div>
  );
}
