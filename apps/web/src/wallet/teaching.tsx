import { Hexagon as HexagonIcon, KeyRound, RectangleEllipsis, WalletMinimal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';

/** Before there is anything to show: what guards the wallet. @param work what is being done about it @param children what to do about it */
export function Teaching(props: { title: string; work?: ReactNode; children: ReactNode }) {
  const t = useT();
  const { title, work, children } = props;
  return (
    <>
      <div className="flex flex-col items-center pt-2 text-center">
        <WalletMinimal aria-hidden="true" className="size-10 stroke-[1.25] text-muted" />
        <h2 className="mt-4 font-medium">{title}</h2>
        <div className="mt-1 max-w-80 text-balance text-muted">{children}</div>
      </div>
      {work}
      <ul className="grid gap-3">
        <Guard
          icon={<RectangleEllipsis aria-hidden="true" />}
          title={t('wallet.guard-pin')}
          hint={t('wallet.guard-pin-hint')}
        />
        <Guard
          icon={<KeyRound aria-hidden="true" />}
          title={t('wallet.guard-account')}
          hint={t('wallet.guard-account-hint')}
        />
        <Guard
          icon={<HexagonIcon aria-hidden="true" />}
          title={t('wallet.guard-network')}
          hint={t('wallet.guard-network-hint')}
        />
      </ul>
      <p className="text-balance text-center text-muted">{t('wallet.guard-why')}</p>
    </>
  );
}

function Guard(props: { icon: ReactNode; title: string; hint: string }) {
  return (
    <li className="flex items-center gap-4 rounded-card border border-line bg-surface p-4">
      <span className="text-accent [&>svg]:size-6">{props.icon}</span>
      <span>
        <span className="block font-medium">{props.title}</span>
        <span className="block text-muted text-sm">{props.hint}</span>
      </span>
    </li>
  );
}
