import type { Balance, LimitsView } from '@hexkey/sdk';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { shortAddress } from '../transfers/short-address.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { sol } from '../wallet/sol.ts';
import { useBalances, useLimits } from '../wallet/use-wallet.ts';
import { WalletPage } from '../wallet/wallet-page.tsx';
import { ChangeLimitSheet } from './change-limit-sheet.tsx';
import { limitedTokens, limitOf } from './limit-of.ts';
import { type LimitRow, useSayLimit } from './limit-row.ts';

/** /wallet/limits: what can leave in a day. */
export function LimitsScreen() {
  const t = useT();
  const limits = useLimits();
  const balances = useBalances();
  return (
    <WalletPage path="/wallet/limits">
      <p className="text-muted">{t('limits.lead')}</p>
      {limits.isPending && <SkeletonRows label={t('limits.loading')} count={3} />}
      {limits.isError && (
        <ErrorNotice
          error={limits.error}
          actions={<Button onClick={() => void limits.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {limits.data && <LimitList view={limits.data} held={balances.data ?? []} />}
    </WalletPage>
  );
}

function LimitList({ view, held }: { view: LimitsView; held: readonly Balance[] }) {
  const t = useT();
  const [changed, setChanged] = useState<LimitRow | null>(null);
  const rows: readonly LimitRow[] = [
    { of: { mint: null }, name: 'SOL', hint: null, ...sol },
    ...limitedTokens(view.limits, held).map(
      (token): LimitRow =>
        typeof token === 'string'
          ? { of: { mint: token }, name: shortAddress(token), hint: null, decimals: 0, symbol: null }
          : { ...token, of: { mint: token.mint }, name: token.symbol, hint: token.name },
    ),
    { of: 'others', name: t('limits.others'), hint: t('limits.others-hint'), decimals: 0, symbol: null },
  ];
  return (
    <>
      {view.pending && (
        <Notice tone="warn" title={t('limits.pending-title')}>
          {t('limits.pending-lead')}
        </Notice>
      )}
      <ul className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
        {rows.map((row) => (
          <LimitLine key={keyOf(row)} row={row} view={view} onChange={() => setChanged(row)} />
        ))}
      </ul>
      {changed && <ChangeLimitSheet row={changed} view={view} onClose={() => setChanged(null)} />}
    </>
  );
}

const keyOf = ({ of }: LimitRow) => (of === 'others' ? of : (of.mint ?? 'sol'));

function LimitLine(props: { row: LimitRow; view: LimitsView; onChange: () => void }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const say = useSayLimit();
  const { row, view } = props;
  const now = limitOf(view.limits, row.of);
  const later = view.pending ? limitOf(view.pending.limits, row.of) : now;
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="truncate">
          <bdi>{row.name}</bdi>
        </p>
        {row.hint !== null && (
          <p className="text-muted text-sm [overflow-wrap:anywhere]">
            <bdi>{row.hint}</bdi>
          </p>
        )}
        <p className="figures font-semibold text-title [overflow-wrap:anywhere]">{say(row, now)}</p>
        {view.pending && later !== now && (
          <p className="figures text-sm text-warn">
            {t('limits.pending', { time: dateTime(view.pending.fromMs), amount: say(row, later) })}
          </p>
        )}
      </div>
      <Button
        tone="secondary"
        aria-label={t('limits.change-name', { name: row.name })}
        onClick={props.onChange}
      >
        {t('limits.change')}
      </Button>
    </li>
  );
}
