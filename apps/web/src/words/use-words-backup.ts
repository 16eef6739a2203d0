import { Secret } from '@hexkey/protocol';
import type { WordsBackup } from '@hexkey/sdk';
import { useReducer } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useOpenFlow } from '../recovery-kit/use-open-flow.ts';
import { useRefreshKit } from '../recovery-kit/use-recovery-kit.ts';
import { advanceBackup, beginBackup } from './backup-flow.ts';

/** Backing the words up: the PIN, the words, and every word typed again. */
export function useWordsBackup() {
  const { hexkey } = useDependencies();
  const refresh = useRefreshKit();
  const [flow, send] = useReducer(advanceBackup, beginBackup);
  const { prove, current } = useOpenFlow<WordsBackup>(
    (pin) => hexkey.recoveryKit.openWords(pin),
    ({ words }) => send({ type: 'opened', words }),
  );
  const check = useOperation(async (typed: readonly string[]) => {
    try {
      await current().confirm(new Secret(typed));
      send({ type: 'confirmed' });
      await refresh();
    } catch (error) {
      send({ type: 'refused', error });
      throw error;
    }
  });
  return { flow, send, prove, check };
}
