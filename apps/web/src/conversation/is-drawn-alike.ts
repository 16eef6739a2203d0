import type { ChatMessage } from '@hexkey/sdk';
import { replaceEqualDeep } from '@tanstack/react-query';

export interface RowProps {
  message: ChatMessage;
  /** First or last of its sender's run. */
  startsRun: boolean;
  endsRun: boolean;
  isDirect: boolean;
  /** The one message that the Tab key reaches, with what can be pressed in it. */
  isActive: boolean;
  onFocus: (id: string) => void;
  onOptions: (message: ChatMessage) => void;
  onJump: (id: string) => void;
}

/** A page of messages is read anew as a whole: the same message comes as another object, and at another place. */
export function isDrawnAlike({ message, ...rest }: RowProps, next: RowProps): boolean {
  if (replaceEqualDeep(message, next.message) !== message) return false;
  return Object.entries(rest).every(([name, value]) => next[name as keyof RowProps] === value);
}
