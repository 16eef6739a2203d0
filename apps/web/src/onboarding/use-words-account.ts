import { Secret } from '@hexkey/protocol';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';

/** Makes the words on this device and the account of their login key. A retry uses the same words. */
export function useRegisterWithWords() {
  const { hexkey, onboarding } = useDependencies();
  return useOperation(async () => {
    const words = onboarding.get().newWords ?? hexkey.newWords();
    onboarding.set({ ...onboarding.get(), newWords: words });
    await hexkey.registerWithWords(words);
    onboarding.set({ ...onboarding.get(), newWords: null });
  });
}

/** Checks the words on this device, then logs in with them. */
export function useLoginWithWords() {
  const { hexkey } = useDependencies();
  return useOperation(async (typed: readonly string[]) => {
    const words = new Secret(typed);
    hexkey.checkWords(words);
    await hexkey.loginWithWords(words);
  });
}
