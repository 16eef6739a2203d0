import type { RouteComponent } from '@tanstack/react-router';
import { type ComponentType, useEffect, useState } from 'react';
import { NotFetchedScreen } from './not-fetched-screen.tsx';

/**
 * A page whose code is fetched when it is wanted. Without a network it is said to be missing, and why, and can be asked for again; the
 * router's own way would reload the whole client, which without a network shows nothing any more.
 */
export function fetchedScreen<Name extends string>(
  fetchRoom: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): RouteComponent {
  let Screen: ComponentType | null = null;
  const load = async () => {
    const room = await fetchRoom();
    if (!(name in room)) throw new TypeError(`a page without ${name}`);
    Screen = room[name];
  };

  function FetchedScreen() {
    const [state, setState] = useState<'fetching' | 'there' | 'missing'>(Screen ? 'there' : 'fetching');
    useEffect(() => {
      if (state !== 'fetching') return;
      load().then(
        () => setState('there'),
        () => setState('missing'),
      );
    }, [state]);
    if (Screen) return <Screen />;
    return state === 'missing' ? <NotFetchedScreen onRetry={() => setState('fetching')} /> : null;
  }
  // What fails ahead of time is tried again when the page is opened.
  FetchedScreen.preload = () => load().catch(() => undefined);
  return FetchedScreen;
}
