import type { Secret } from '@hexkey/protocol';
import { useEffect, useRef } from 'react';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';

/**
 * A flow of several steps for which the PIN is typed once. It ends with the page, or when another takes its place.
 * @param open proves the PIN @param onOpened is not called once the page is gone
 */
export function useOpenFlow<Flow extends { close(): void }>(
  open: (pin: Secret<string>) => Promise<Flow>,
  onOpened: (flow: Flow) => unknown,
) {
  const held = useRef<Flow | null>(null);
  const isShown = useRef(false);
  const close = () => {
    held.current?.close();
    held.current = null;
  };
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
      held.current?.close();
      held.current = null;
    };
  }, []);

  const prove: PinPurpose = async (pin) => {
    const flow = await open(pin);
    if (!isShown.current) return flow.close();
    close();
    held.current = flow;
    await onOpened(flow);
  };
  /** The flow that is open. Steps that need it are only shown while there is one. */
  const current = (): Flow => {
    if (held.current === null) throw new Error('no flow is open');
    return held.current;
  };
  return { prove, current, close };
}
