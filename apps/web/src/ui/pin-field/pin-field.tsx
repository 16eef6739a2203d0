import { useEffect, useId, useRef } from 'react';
import { useT } from '../../i18n/use-t.ts';
import { overlayInputLook } from '../digit-overlay.ts';
import { Hexagon } from '../hexagon.tsx';
import { editedDigits, maskedDigits, pinLength } from './pin-entry.ts';
import type { PinEntryControl } from './use-pin-entry.ts';

/**
 * Six hexagons that fill. The real input over them holds bullets only, so that no form history, session restore or
 * browser extension that reads values meets a PIN.
 * @param onComplete called once with the six digits when the last is typed
 * @param describedBy id of the text that says what this entry is for
 */
export function PinField(props: {
  entry: PinEntryControl;
  onComplete: (digits: string) => void;
  busy?: boolean;
  disabled?: boolean;
  describedBy?: string;
}) {
  const t = useT();
  const { digits, refusals } = props.entry;
  const statusId = useId();
  const input = useRef<HTMLInputElement>(null);
  const unavailable = props.busy || props.disabled;

  // A field that was switched off while its PIN was checked lost the focus; typing goes on where it stopped.
  useEffect(() => {
    if (!unavailable) input.current?.focus();
  }, [unavailable]);

  const edited = (text: string) => {
    const next = editedDigits(digits, text);
    props.entry.edit(text);
    if (next.length === pinLength && digits.length < pinLength) props.onComplete(next);
  };

  return (
    <div className={`group relative mx-auto w-fit ${props.disabled ? 'opacity-50' : ''}`}>
      <div
        key={refusals}
        aria-hidden="true"
        className={`flex gap-2 p-1 ${refusals > 0 ? 'animate-shake' : ''} ${props.busy ? 'animate-pulse' : ''}`}
      >
        {Array.from({ length: pinLength }, (_, index) => (
          <Hexagon
            // biome-ignore lint/suspicious/noArrayIndexKey: hexagons differ by position only
            key={index}
            filled={index < digits.length}
            className={`size-11 transition-colors duration-150 ${hexagonLook(index, digits.length)}`}
          />
        ))}
      </div>
      <input
        ref={input}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        data-route-focus
        aria-label={t('pin.label')}
        aria-describedby={[props.describedBy, statusId].filter(Boolean).join(' ')}
        disabled={unavailable}
        value={maskedDigits(digits)}
        onChange={(event) => edited(event.target.value)}
        className={`${overlayInputLook} rounded-card focus-visible:outline-none`}
      />
      <span id={statusId} role="status" className="sr-only">
        {digits.length < pinLength
          ? t('pin.digit-of', { digit: digits.length + 1, count: pinLength })
          : t('pin.complete', { count: pinLength })}
      </span>
    </div>
  );
}

/** Filled: accent. The one to be typed next shows where the focus is. */
function hexagonLook(index: number, typed: number): string {
  if (index < typed) return 'text-accent';
  if (index === typed)
    return 'text-edge group-focus-within:text-accent group-focus-within:drop-shadow-[0_0_3px_var(--color-accent)]';
  return 'text-edge';
}
