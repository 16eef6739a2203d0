import { type ReactNode, useEffect } from 'react';
import { useOnline } from '../app/use-online.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Notice } from '../ui/notice.tsx';
import { PinField } from '../ui/pin-field/pin-field.tsx';
import { usePinEntry } from '../ui/pin-field/use-pin-entry.ts';
import { type EntryNumber, entriesInAll, type SetPinFlow } from './set-pin-flow.ts';

const problemKeys = {
  weak: 'set-pin.weak',
  mismatch: 'set-pin.mismatch',
  'not-the-same': 'set-pin.finish-wrong',
  'nothing-to-finish': 'set-pin.nothing-to-finish',
  unchanged: 'change-pin.unchanged',
  legacy: 'upgrade.unchanged',
} as const;

/**
 * One of the four entries of a new PIN, or the one that finishes an interrupted set.
 * @param bar the way back, where there is one
 */
export function SetPinEntry(props: {
  title: string;
  flow: Extract<SetPinFlow, { at: 'entry' }>;
  interrupted?: boolean;
  bar?: { start: ReactNode };
  onEntered: (digits: string) => void;
}) {
  const { flow } = props;
  const t = useT();
  const online = useOnline();
  const field = usePinEntry();
  const { clear, refuse } = field;

  // Each answer to an entry empties the field: with a shake when it was refused.
  useEffect(() => {
    if (flow.problem) refuse();
    else clear();
  }, [flow, refuse, clear]);

  const note = props.interrupted ? t('set-pin.finish-lead') : t(`set-pin.note-${flow.entry}`);
  return (
    <BareScreen
      title={props.title}
      {...(props.bar && { bar: props.bar })}
      lead={
        <p id="entry-note" role="status" className="min-h-11">
          {note}
        </p>
      }
    >
      <div className="flex flex-1 flex-col items-center justify-center gap-6 py-8 wide:flex-none wide:py-14">
        {!props.interrupted && (
          <EntryCount entry={flow.entry} text={t('set-pin.entry', { entry: flow.entry })} />
        )}
        <PinField entry={field} onComplete={props.onEntered} describedBy="entry-note" />
        <div className="flex min-h-24 w-full flex-col gap-3">
          {flow.problem && <Notice urgent tone="danger" title={t(problemKeys[flow.problem])} />}
          {!online && <Notice tone="warn" title={t('pin.offline')} />}
        </div>
      </div>
    </BareScreen>
  );
}

function EntryCount({ entry, text }: { entry: EntryNumber; text: string }) {
  return (
    <div className="flex flex-col items-center gap-3">
      <p className="figures font-semibold text-number">{text}</p>
      <div aria-hidden="true" className="flex gap-1.5">
        {Array.from({ length: entriesInAll }, (_, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars differ by position only
            key={index}
            className={`h-1.5 w-10 rounded-full transition-colors duration-200 ${index < entry ? 'bg-accent' : 'bg-line'}`}
          />
        ))}
      </div>
    </div>
  );
}
