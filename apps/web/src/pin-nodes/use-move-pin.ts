import { type DomainError, isDomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PinProgress } from '@hexkey/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { reportFailure } from '../app/report-failure.ts';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';

export type MoveStage =
  /** The PIN is asked for, or on its way: what is about the PIN itself is said where it is typed. */
  | { readonly at: 'consent' }
  | { readonly at: 'working'; readonly progress: PinProgress | null }
  | { readonly at: 'away'; readonly error: DomainError<'SomeNodesAway'> }
  | { readonly at: 'failed'; readonly error: unknown }
  | { readonly at: 'done' };

/** The new nodes, the PIN, done. The PIN is held until the page is left, so that Retry can use it. */
export function useMovePin() {
  const dependencies = useDependencies();
  const { hexkey } = dependencies;
  const queries = useQueryClient();
  const [stage, setStage] = useState<MoveStage>({ at: 'consent' });
  const held = useRef<Secret<string> | null>(null);

  const move = async (
    pin: Secret<string>,
    acceptFewerNodes: boolean,
    onProgress: (progress: PinProgress) => void,
  ) => {
    held.current = pin;
    await hexkey.movePin(pin, onProgress, { acceptFewerNodes });
    held.current = null;
    setStage({ at: 'done' });
    void queries.invalidateQueries();
  };
  const stopped = (error: unknown) =>
    setStage(isDomainError(error, 'SomeNodesAway') ? { at: 'away', error } : { at: 'failed', error });

  /** Steps are shown as soon as the PIN is known to be right. */
  const enter: PinPurpose = async (pin, onProgress) => {
    let isRight = false;
    try {
      await move(pin, false, (progress) => {
        isRight ||= progress.step !== 'connecting' && progress.step !== 'exchanging';
        if (isRight) setStage({ at: 'working', progress });
        else onProgress(progress);
      });
    } catch (error) {
      if (!isRight && !isDomainError(error, 'SomeNodesAway')) throw error;
      reportFailure(dependencies, error);
      stopped(error);
    }
  };

  return {
    stage,
    enter,
    /** @param acceptFewerNodes the owner was told that some are away */
    async retry(acceptFewerNodes: boolean) {
      const pin = held.current;
      if (pin === null) return;
      setStage({ at: 'working', progress: null });
      try {
        await move(pin, acceptFewerNodes, (progress) => setStage({ at: 'working', progress }));
      } catch (error) {
        reportFailure(dependencies, error);
        stopped(error);
      }
    },
  };
}
