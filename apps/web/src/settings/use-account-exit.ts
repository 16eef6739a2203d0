import type { Words } from '@hexkey/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';

/** The words, for the PIN. */
export function useViewWords(onWords: (words: Words) => void): PinPurpose {
  const { hexkey } = useDependencies();
  return async (pin) => onWords(await hexkey.viewWords(pin));
}

/** Ends this login, for the PIN; nothing of the account stays in this tab's memory. */
export function useLogOut(): PinPurpose {
  const { hexkey } = useDependencies();
  const queries = useQueryClient();
  return async (pin) => {
    await hexkey.logOut(pin);
    queries.clear();
  };
}
