import { isDomainError } from '@hexkey/contract';
import type { Words } from '@hexkey/sdk';

/** Where writing the words down stands. */
export type BackupFlow =
  /** What to know before the words are on the screen. */
  | { readonly at: 'notice' }
  /** `again`: the PIN was typed too long ago. */
  | { readonly at: 'pin'; readonly again: boolean }
  | { readonly at: 'words'; readonly words: Words }
  /** Every word is typed in order. `wrong`: the index of the first that was not right. */
  | { readonly at: 'check'; readonly words: Words; readonly wrong: number | null }
  | { readonly at: 'done' };

export type BackupEvent =
  | { readonly type: 'understood' }
  | { readonly type: 'opened'; readonly words: Words }
  | { readonly type: 'wrote-down' }
  | { readonly type: 'looked-again' }
  | { readonly type: 'edited' }
  | { readonly type: 'refused'; readonly error: unknown }
  | { readonly type: 'confirmed' };

export const beginBackup: BackupFlow = { at: 'notice' };

export function advanceBackup(flow: BackupFlow, event: BackupEvent): BackupFlow {
  switch (event.type) {
    case 'understood':
      return flow.at === 'notice' ? { at: 'pin', again: false } : flow;
    case 'opened':
      return flow.at === 'pin' ? { at: 'words', words: event.words } : flow;
    case 'wrote-down':
      return flow.at === 'words' ? { at: 'check', words: flow.words, wrong: null } : flow;
    case 'looked-again':
      return flow.at === 'check' ? { at: 'words', words: flow.words } : flow;
    case 'edited':
      return flow.at === 'check' ? { ...flow, wrong: null } : flow;
    case 'refused':
      if (flow.at !== 'check') return flow;
      if (isDomainError(event.error, 'PinNeededAgain')) return { at: 'pin', again: true };
      return isDomainError(event.error, 'WordsDiffer')
        ? { ...flow, wrong: event.error.details.wordIndex }
        : flow;
    case 'confirmed':
      return flow.at === 'check' ? { at: 'done' } : flow;
  }
}
