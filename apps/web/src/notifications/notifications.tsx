import { useEffect, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';
import { usePlace } from '../app/use-place.ts';

type Room = typeof import('./notifier.tsx');

/** Tells of messages where the owner wants it and the browser lets it. */
export function Notifications() {
  const { browser, preferences } = useDependencies();
  const { notifications } = useStore(preferences);
  const place = usePlace();
  const [room, setRoom] = useState<Room | null>(null);
  const isOn = place.at === 'home' && notifications && browser.notices.permission() === 'granted';
  useEffect(() => {
    // Without a network there is nothing to tell of either; the next start tries again.
    if (isOn) import('./notifier.tsx').then(setRoom, () => setRoom(null));
  }, [isOn]);
  if (!isOn || room === null) return null;
  return <room.Notifier key={place.session.accountId} accountId={place.session.accountId} />;
}
