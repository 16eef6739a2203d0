import type { ChatMessage } from '@hexkey/sdk';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { isSaid } from './arrange-messages.ts';

type Log = RefObject<HTMLDivElement | null>;

/** Less than a line away from the end counts as there. */
const endSlackPx = 48;

export const messageElement = (log: HTMLElement | null, id: string | null) =>
  log?.querySelector<HTMLElement>(`[data-message="${CSS.escape(id ?? '')}"]`) ?? null;

/** Moves the focus among the messages. @returns whether the key is one that moves it */
export function stepTo(log: HTMLElement | null, fromId: string | null, key: string): boolean {
  const rows = [...(log?.querySelectorAll<HTMLElement>('[data-message]') ?? [])];
  const at = rows.findIndex((row) => row.dataset.message === fromId);
  const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[key];
  if (next === undefined) return false;
  rows[Math.min(rows.length - 1, Math.max(0, next))]?.focus();
  return true;
}

/**
 * Whether the newest message is in sight, and how many came while it was not. In a box that stands on its lower edge `scrollTop` is 0
 * at the end and negative above it (CSSOM View, section 3, "scrolling area").
 * @param startsAtMark the mark of what is new is brought into sight first
 */
export function useScrolledEnd(log: Log, messages: readonly ChatMessage[], startsAtMark: boolean) {
  const [isAtEnd, setAtEnd] = useState(true);
  const [below, setBelow] = useState(0);
  const newestId = messages.at(-1)?.id;
  const seenId = useRef(newestId);

  useLayoutEffect(() => {
    if (startsAtMark) log.current?.querySelector('[data-unread]')?.scrollIntoView({ block: 'nearest' });
  }, [log, startsAtMark]);

  const latest = useRef({ messages, isAtEnd });
  latest.current = { messages, isAtEnd };
  useEffect(() => {
    if (newestId === seenId.current) return;
    const { messages: all, isAtEnd: wasAtEnd } = latest.current;
    const fresh = all.slice(all.findIndex(({ id }) => id === seenId.current) + 1);
    seenId.current = newestId;
    // What the reader says is where they want to be.
    const newest = all.at(-1);
    if (wasAtEnd || (newest?.sender.isSelf && isSaid(newest))) log.current?.scrollTo({ top: 0 });
    else setBelow((count) => count + fresh.filter((one) => isSaid(one) && !one.sender.isSelf).length);
  }, [log, newestId]);

  return {
    isAtEnd,
    below,
    scrolled() {
      const there = (log.current?.scrollTop ?? 0) > -endSlackPx;
      setAtEnd(there);
      if (there) setBelow(0);
    },
    scrollThere: () => log.current?.scrollTo({ top: 0 }),
  };
}
