import type { ChatMessage } from '@hexkey/sdk';
import { type RefObject, useEffect, useRef } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Waiting } from '../ui/waiting.tsx';

export interface Older {
  readonly has: boolean;
  readonly isLoading: boolean;
  /** @returns all that is loaded then */
  load(): Promise<readonly ChatMessage[]>;
}

/** Loads what was said before when its place comes into sight; a button for those who do not scroll. */
export function OlderMessages(props: { older: Older; scroller: RefObject<HTMLDivElement | null> }) {
  const t = useT();
  const { older, scroller } = props;
  const place = useRef<HTMLDivElement>(null);
  const load = useRef(older.load);
  load.current = older.load;
  const canLoad = older.has && !older.isLoading;
  useEffect(() => {
    if (!canLoad || !place.current) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void load.current();
      },
      { root: scroller.current },
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [canLoad, scroller]);
  if (older.isLoading) return <Waiting>{t('chat.loading-older')}</Waiting>;
  if (!older.has) return null;
  return (
    <div ref={place} className="flex justify-center pb-4">
      <Button tone="quiet" onClick={() => void older.load()}>
        {t('chat.older')}
      </Button>
    </div>
  );
}
