import type { ChatSummary } from '@hexkey/sdk';
import { useEffect, useRef, useState } from 'react';
import { useChatDeed } from '../chats/use-chats.ts';

/** How long somebody pauses before what they typed is written down. */
const pauseMs = 400;

/** What is being written. Kept on this device as soon as its writer pauses, and when the conversation is left. */
export function useDraft({ chatId, draft }: ChatSummary) {
  const [text, setText] = useState(draft);
  const { run } = useChatDeed((chats, next: string) => chats.saveDraft(chatId, next));
  const unsaved = useRef<string | null>(null);
  const isTaken = useRef(false);
  const save = useRef(() => {});
  save.current = () => {
    if (unsaved.current === null) return;
    void run(unsaved.current);
    unsaved.current = null;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each edit begins the pause anew
  useEffect(() => {
    const timer = setTimeout(() => save.current(), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const leave = () => save.current();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return {
    text,
    edit(next: string) {
      isTaken.current = false;
      unsaved.current = next;
      setText(next);
    },
    /** It is being sent: the field is free for the next. What was written down stays until it is `forget` that is called. */
    take() {
      isTaken.current = true;
      unsaved.current = null;
      setText('');
    },
    /** What was taken is kept elsewhere by now. */
    forget() {
      if (isTaken.current) void run('');
    },
    /** What was taken comes back, before anything written since. */
    giveBack(taken: string) {
      setText((since) => {
        const next = since === '' ? taken : `${taken}\n${since}`;
        unsaved.current = next;
        return next;
      });
    },
  };
}
