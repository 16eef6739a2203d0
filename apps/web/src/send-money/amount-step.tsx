import { isDomainError } from '@hexkey/contract';
import { contentLimits, readAmount, utf8, writeAmount } from '@hexkey/protocol';
import type { Balance } from '@hexkey/sdk';
import { type ChangeEvent, type FormEvent, useId, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { ErrorHelp } from '../help/error-help.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { fieldLook, TextField } from '../ui/text-field.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { Waiting } from '../ui/waiting.tsx';
import { mintInPath, mintOfPath } from '../wallet/mint-in-path.ts';
import { sayAmount } from '../wallet/say-amount.ts';
import { sol } from '../wallet/sol.ts';
import { useBalances } from '../wallet/use-wallet.ts';
import { CompareFirst } from './compare-first.tsx';
import { PayeeLine } from './payee-line.tsx';
import type { SendFlow, TypedAmount } from './send-flow.ts';
import { useAmountProblem } from './use-amount-problem.ts';
import { useMost } from './use-most.ts';
import type { useSendMoney } from './use-send-money.ts';

type AmountFlow = Extract<SendFlow, { at: 'amount' }>;
type Money = ReturnType<typeof useSendMoney>;

/** How much of what. */
export function AmountStep({ flow, money }: { flow: AmountFlow; money: Money }) {
  const t = useT();
  const balances = useBalances();
  const held = balances.data?.find(({ asset }) => asset.mint === flow.typed.mint) ?? balances.data?.[0];
  return (
    <>
      <PayeeLine to={flow.to}>
        <Button tone="quiet" className="-mr-3" onClick={() => money.send({ type: 'back' })}>
          {t('send.change')}
        </Button>
      </PayeeLine>
      {held && balances.data ? (
        <AmountForm flow={flow} money={money} held={held} balances={balances.data} />
      ) : balances.isPending ? (
        <SkeletonRows label={t('wallet.loading')} count={2} />
      ) : (
        <ErrorNotice
          error={balances.error}
          actions={<Button onClick={() => void balances.refetch()}>{t('action.retry')}</Button>}
        />
      )}
    </>
  );
}

function AmountForm(props: { flow: AmountFlow; money: Money; held: Balance; balances: readonly Balance[] }) {
  const t = useT();
  const { flow, money, held, balances } = props;
  const { typed } = flow;
  const { asset } = held;
  const { quote } = money;
  const [isChecked, setChecked] = useState(false);
  const sayProblem = useAmountProblem();
  const ids = useId();
  const most = useMost(flow, held, money.orderOf);
  useFocusOnMount();
  const read = readAmount(typed.text, asset.decimals);
  const problem = sayProblem(read, asset);
  const isMemoTooLong = utf8(typed.memo).length > contentLimits.memo;
  const edit = (next: Partial<TypedAmount>) => {
    setChecked(false);
    quote.reset();
    most.reset();
    money.send({ type: 'typed', typed: { ...typed, mint: asset.mint, ...next } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (read.ok && problem === null && !isMemoTooLong) void quote.run(read.amount);
  };
  const takeMost = async () => {
    const amount = await most.find();
    if (amount !== null) edit({ text: writeAmount(amount, asset.decimals) });
  };
  const isBusy = quote.state.is === 'running' || most.state.is === 'running';
  return (
    <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-5">
      <div>
        <label htmlFor={`${ids}-asset`} className="mb-1.5 block font-medium text-sm">
          {t('send.asset')}
        </label>
        <select
          id={`${ids}-asset`}
          value={mintInPath(asset.mint)}
          onChange={(event) => edit({ mint: mintOfPath(event.target.value) })}
          className={fieldLook}
        >
          {balances.map((one) => (
            <option key={mintInPath(one.asset.mint)} value={mintInPath(one.asset.mint)}>
              {one.asset.symbol} · {one.asset.name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor={`${ids}-amount`} className="mb-1.5 block font-medium text-sm">
          {t('send.amount-in', { symbol: asset.symbol })}
        </label>
        <div className="flex items-center gap-2 rounded-card border border-edge bg-surface pr-2 focus-within:outline-2 focus-within:outline-accent focus-within:outline-offset-2 has-aria-invalid:border-danger">
          <input
            id={`${ids}-amount`}
            data-route-focus
            inputMode="decimal"
            placeholder="0"
            value={typed.text}
            onChange={(event) => edit({ text: withPoint(event) })}
            aria-invalid={isChecked && problem !== null ? true : undefined}
            aria-describedby={`${ids}-held ${ids}-problem`}
            className="figures min-h-16 min-w-0 flex-1 rounded-card bg-transparent px-4 font-semibold text-display outline-none placeholder:text-muted"
          />
          <Button tone="quiet" disabled={isBusy} onClick={() => void takeMost()}>
            {t('send.max')}
          </Button>
        </div>
        <p id={`${ids}-held`} className="figures mt-1.5 text-muted text-sm [overflow-wrap:anywhere]">
          {t('send.held', { amount: sayAmount({ amount: held.amount, ...asset }) })}
        </p>
        <p id={`${ids}-problem`} role="alert" className="text-danger text-sm">
          {isChecked && problem}
        </p>
      </div>
      <div>
        <TextField
          label={t('send.memo')}
          value={typed.memo}
          onChange={(event) => edit({ memo: event.target.value })}
          problem={isMemoTooLong ? t('send.memo-too-long') : undefined}
        />
        <p className="mt-1.5 text-muted text-sm">{t('send.memo-hint')}</p>
      </div>
      <Refusal state={most.state} />
      <Refusal state={quote.state} />
      <Button wide type="submit" disabled={typed.text.trim() === '' || isBusy}>
        {t('action.continue')}
      </Button>
      {isBusy && <Waiting>{t('send.quoting')}</Waiting>}
    </form>
  );
}

function Refusal({ state }: { state: Money['quote']['state'] }) {
  const t = useT();
  if (state.is !== 'failed') return null;
  // The one of whom there is none here is known: it is their wallet that is not.
  if (isDomainError(state.error, 'NotFound') && state.error.details.what === 'wallet')
    return (
      <Notice urgent tone="warn" title={t('send.no-wallet-title')}>
        {t('send.no-wallet')}
      </Notice>
    );
  if (isDomainError(state.error, 'InvalidField')) {
    if (state.error.details.field === 'memo')
      return <Notice urgent tone="danger" title={t('send.memo-too-long')} />;
  }
  if (isDomainError(state.error, 'FirstPaymentTooSmall')) {
    const amount = sayAmount({ amount: BigInt(state.error.details.leastLamports), ...sol });
    return (
      <Notice
        urgent
        tone="danger"
        title={t('send.too-little', { amount })}
        footnote={t('error.code', { code: state.error.code })}
        actions={<ErrorHelp name={state.error.name} />}
      />
    );
  }
  if (isDomainError(state.error, 'SecurityCodeChanged')) return <CompareFirst error={state.error} />;
  return <ErrorNotice error={state.error} />;
}

/** Phones of some countries offer a comma only. One that is typed is a point; in a pasted text it stays, and is asked about. */
function withPoint({ target, nativeEvent }: ChangeEvent<HTMLInputElement>): string {
  const isTyped = (nativeEvent as InputEvent).data === ',';
  return isTyped ? target.value.replace(',', '.') : target.value;
}
