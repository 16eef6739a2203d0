import type { Transfer } from '@hexkey/sdk';
import { Link } from '@tanstack/react-router';
import { useNow } from '../app/use-now.ts';
import { useChatTimes } from '../chats/use-chat-times.ts';
import { useT } from '../i18n/use-t.ts';
import { rowLook } from '../ui/list-row.tsx';
import { sayAmount } from '../wallet/say-amount.ts';
import { signOf, stateOf } from './transfer-state.ts';
import { useWho } from './use-who.ts';

export function TransferList({ label, transfers }: { label: string; transfers: readonly Transfer[] }) {
  return (
    <ul
      aria-label={label}
      className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
    >
      {transfers.map((transfer) => (
        <li key={transfer.id}>
          <TransferRow transfer={transfer} />
        </li>
      ))}
    </ul>
  );
}

/** One payment in a line. */
function TransferRow({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const { short } = useChatTimes();
  const time = short(transfer.atMs, useNow(false));
  const name = useWho()(transfer.counterparty);
  const { icon: Icon, tone, key } = stateOf(transfer);
  const amount = sayAmount({ amount: transfer.amount, ...transfer.asset });
  return (
    <Link
      to="/wallet/transfers/$transferId"
      params={{ transferId: transfer.id }}
      className={`${rowLook} wide:aria-[current=page]:bg-accent/10`}
    >
      <Icon aria-hidden="true" className={`size-5 shrink-0 ${tone}`} />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate">{name}</bdi>
        <span className="figures block truncate text-sm">
          <span className={tone}>{t(key)}</span>
          <span className="text-muted"> · {time}</span>
        </span>
      </span>
      <span
        className={`figures max-w-[55%] text-right font-medium [overflow-wrap:anywhere] ${transfer.state === 'failed' ? 'text-muted line-through' : ''}`}
      >
        {signOf(transfer)}
        {amount}
      </span>
    </Link>
  );
}
