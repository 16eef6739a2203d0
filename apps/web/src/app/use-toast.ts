import { useCallback, useEffect } from 'react';
import { useDependencies } from './app-dependencies.ts';
import { useStore } from './store.ts';

const shownMs = 4000;

/** Says a short word about something done. */
export function useToast(): (text: string) => void {
  const { toast } = useDependencies();
  return toast.set;
}

/** The word being shown; goes by itself. */
export function useShownToast(): string | null {
  const { toast } = useDependencies();
  const text = useStore(toast);
  const clear = useCallback(() => toast.set(null), [toast]);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(clear, shownMs);
    return () => clearTimeout(timer);
  }, [text, clear]);
  return text;
}
