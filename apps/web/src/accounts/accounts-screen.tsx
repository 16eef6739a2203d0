import { Plus } from 'lucide-react';
import { useDependencies } from '../app/app-dependencies.ts';
import { BackLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { useAccount } from '../more/use-account.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { HexagonAvatar } from '../ui/hexagon-avatar.tsx';
import { rowLook } from '../ui/list-row.tsx';
import type { SeatId } from './seats.ts';

/** /accounts: who is logged in in this browser, each apart from the others. */
export function AccountsScreen() {
  const t = useT();
  const { seats, browser } = useDependencies();
  const own = useAccount().data;
  const others = seats.others();
  const goTo = (seat: SeatId) => {
    seats.choose(seat);
    browser.startOver();
  };
  return (
    <BareScreen
      title={t('accounts.title')}
      lead={t('accounts.lead')}
      bar={{ start: <BackLink from="/accounts" /> }}
      footer={
        <Button wide tone="secondary" onClick={() => goTo(seats.newSeat())}>
          <Plus aria-hidden="true" className="size-5" />
          {t('accounts.add')}
        </Button>
      }
    >
      <div className="flex flex-col gap-6">
        {own && (
          <Card title={t('accounts.here')}>
            <div className="flex min-h-13 items-center gap-3 px-4 py-2.5">
              <Who name={own.name} hexkeyId={own.hexkeyId} />
            </div>
          </Card>
        )}
        {others.length > 0 && (
          <Card title={t('accounts.others')}>
            {others.map(({ seat, name, hexkeyId, hasLock }) => (
              <button key={seat} type="button" className={rowLook} onClick={() => goTo(seat)}>
                <Who name={name} hexkeyId={hexkeyId} hasLock={hasLock} />
              </button>
            ))}
          </Card>
        )}
        <p className="text-muted text-sm">{t('accounts.quiet')}</p>
      </div>
    </BareScreen>
  );
}

function Who(props: { name: string | null; hexkeyId: string | null; hasLock?: boolean }) {
  const { name, hexkeyId, hasLock = false } = props;
  const t = useT();
  return (
    <>
      <HexagonAvatar name={name} className="size-10 shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          {name ?? t(hasLock ? 'accounts.locked' : 'accounts.unnamed')}
        </span>
        <span className="figures block text-muted text-sm">{hexkeyId ?? t('accounts.pin-to-come')}</span>
      </span>
    </>
  );
}
