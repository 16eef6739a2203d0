import { readAmount, writeAmount } from '@hexkey/protocol';
import type { LimitsView } from '@hexkey/sdk';
import { type FormEvent, useState } from 'react';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { useAmountProblem } from '../send-money/use-amount-problem.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextField } from '../ui/text-field.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';
import { useWallet } from '../wallet/use-wallet.ts';
import { limitOf, withLimit } from './limit-of.ts';
import { type LimitRow, useSayLimit } from './limit-row.ts';

/** Another amount for one limit, then the PIN. It says when the new one holds before the PIN is asked for. */
export function ChangeLimitSheet(props: { row: LimitRow; view: LimitsView; onClose: () => void }) {
  const t = useT();
  const toast = useToast();
  const wallet = useWallet();
  const say = useSayLimit();
  const sayProblem = useAmountProblem();
  const { row, view, onClose } = props;
  const present = limitOf(view.limits, row.of);
  const [text, setText] = useState(writeAmount(present, row.decimals));
  const [chosen, setChosen] = useState<bigint | null>(null);
  const [isChecked, setChecked] = useState(false);
  const read = readAmount(text, row.decimals);
  // Nothing at all is a limit too.
  const isNothing = read.ok && read.amount === 0n;
  const problem = isNothing
    ? null
    : sayProblem(read, { decimals: row.decimals, symbol: row.symbol ?? row.name });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (read.ok && problem === null && read.amount !== present) setChosen(read.amount);
  };
  const change: PinPurpose = async (pin) => {
    if (chosen === null) return;
    await wallet.setLimits(withLimit(view.limits, row.of, chosen), pin);
    toast(t(chosen < present ? 'limits.lowered' : 'limits.raised'));
    onClose();
  };
  const effect = read.ok && problem === null ? t(effectOf(read.amount, present)) : null;
  return (
    <Sheet
      open
      title={t('limits.change-title', { name: row.name })}
      onClose={onClose}
      actions={
        <Button wide tone="secondary" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      }
    >
      {chosen === null ? (
        <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-4 text-ink">
          <TextField
            label={t('limits.in-a-day')}
            inputMode="decimal"
            value={text}
            onChange={(event) => {
              setChecked(false);
              setText(event.target.value);
            }}
            problem={isChecked && problem !== null ? problem : undefined}
          />
          <p role="status" className="min-h-11 text-muted">
            {effect}
          </p>
          <Button wide type="submit" disabled={!read.ok || read.amount === present}>
            {t('action.continue')}
          </Button>
        </form>
      ) : (
        <div className="text-ink">
          <p className="figures font-semibold text-title [overflow-wrap:anywhere]">{say(row, chosen)}</p>
          <p id="limit-lead" className="text-muted">
            {effect} {t('limits.pin')}
          </p>
          <div className="pt-6">
            <PinPrompt purpose={change} describedBy="limit-lead" />
          </div>
        </div>
      )}
    </Sheet>
  );
}

function effectOf(next: bigint, present: bigint) {
  if (next === present) return 'limits.same';
  return next < present ? 'limits.lower' : 'limits.higher';
}
