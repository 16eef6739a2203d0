import type { Words } from '@hexkey/sdk';
import { useNavigate } from '@tanstack/react-router';
import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';

/** The words of the account that was just made. Leaving forgets them here; the PIN shows them again. */
export function useOfferedWords(): { words: Words | null; leave: () => void } {
  const { onboarding } = useDependencies();
  const navigate = useNavigate();
  const words = useStore(onboarding).offeredWords;
  const leave = async () => {
    await navigate({ to: '/welcome/name' });
    onboarding.set({ ...onboarding.get(), offeredWords: null });
  };
  return { words, leave: () => void leave() };
}
