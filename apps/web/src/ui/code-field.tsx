import { useId } from 'react';
import { overlayInputLook } from './digit-overlay.ts';

/** A short code of digits, one box for each; the phone's keyboard offers the code from the text message. */
export function CodeField(props: {
  label: string;
  length: number;
  value: string;
  onChange: (value: string) => void;
  status: string;
  disabled?: boolean;
}) {
  const statusId = useId();
  return (
    <div className="group relative flex justify-center gap-3">
      {Array.from({ length: props.length }, (_, index) => {
        const next = index === Math.min(props.value.length, props.length - 1);
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: boxes differ by position only
            key={index}
            aria-hidden="true"
            className={`figures flex h-16 w-14 items-center justify-center rounded-card border bg-surface text-number ${
              next
                ? 'border-edge group-focus-within:border-accent group-focus-within:outline-1 group-focus-within:outline-accent'
                : 'border-edge'
            }`}
          >
            {props.value[index] ?? ''}
          </span>
        );
      })}
      <input
        aria-label={props.label}
        aria-describedby={statusId}
        inputMode="numeric"
        autoComplete="one-time-code"
        data-route-focus
        disabled={props.disabled}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value.replace(/\D/g, '').slice(0, props.length))}
        className={overlayInputLook}
      />
      <span id={statusId} className="sr-only">
        {props.status}
      </span>
    </div>
  );
}
