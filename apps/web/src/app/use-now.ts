import { useEffect, useState } from 'react';
import { useDependencies } from './app-dependencies.ts';

/** The time, renewed each second while `ticking`. Milliseconds since the Unix epoch. */
export function useNow(ticking: boolean): number {
  const { clock } = useDependencies();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    setNow(clock.now());
    if (!ticking) return;
    const timer = setInterval(() => setNow(clock.now()), 1000);
    return () => clearInterval(timer);
  }, [clock, ticking]);
  return now;
}
