import { type ComponentType, useEffect, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';

/** Offers the version that waits. The offer is of this version's code, which is on the device. */
export function NewVersion() {
  const isWaiting = useStore(useDependencies().updateWaits);
  const [Bar, setBar] = useState<ComponentType | null>(null);
  useEffect(() => {
    // What does not come now comes with the next start.
    if (isWaiting)
      import('./update-bar.tsx').then(
        ({ UpdateBar }) => setBar(() => UpdateBar),
        () => undefined,
      );
  }, [isWaiting]);
  return isWaiting && Bar ? <Bar /> : null;
}
