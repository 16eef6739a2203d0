import { useEffect } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { usePlace } from '../app/use-place.ts';
import { useAccount } from '../more/use-account.ts';
import { leaveSeat } from './leave-seat.ts';

/** Keeps the list of this browser's accounts true. Shows nothing. Called once, where the place is known. */
export function SeatKeeper() {
  const { seats, browser, preferences, handOver } = useDependencies();
  const place = usePlace();
  const account = useAccount().data;
  const accountId = place.at === 'signed-out' ? null : place.session.accountId;
  const known = account?.accountId === accountId ? account : undefined;
  useEffect(() => {
    if (accountId === null) return leaveSeat(seats, preferences);
    const elsewhere = seats.note({
      accountId,
      hexkeyId: known?.hexkeyId ?? null,
      name: known?.name ?? null,
    });
    if (elsewhere === null) return;
    // One account has one seat: two with their own locks would change it at once.
    void handOver(elsewhere).finally(() => {
      seats.choose(elsewhere);
      browser.startOver();
    });
  }, [accountId, known, seats, browser, preferences, handOver]);
  return null;
}
