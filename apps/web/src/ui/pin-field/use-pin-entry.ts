import { useCallback, useReducer } from 'react';
import { emptyEntry, type PinEntry, reducePinEntry } from './pin-entry.ts';

export interface PinEntryControl extends PinEntry {
  edit(text: string): void;
  refuse(): void;
  clear(): void;
}

/** The state of one PIN field. */
export function usePinEntry(): PinEntryControl {
  const [entry, send] = useReducer(reducePinEntry, emptyEntry);
  const edit = useCallback((text: string) => send({ type: 'edited', text }), []);
  const refuse = useCallback(() => send({ type: 'refused' }), []);
  const clear = useCallback(() => send({ type: 'cleared' }), []);
  return { ...entry, edit, refuse, clear };
}
