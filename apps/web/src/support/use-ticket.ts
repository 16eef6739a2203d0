import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { type Operation, useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { ticketKey } from './ticket-key.ts';

const askEveryMs = 15_000;

/** The ticket of whoever uses this device; answers come by asking, while the page is seen. */
export function useTicket() {
  const { support } = useDependencies().hexkey;
  return useQuery({
    queryKey: ticketKey('own', usePlace()),
    queryFn: () => support.ticket(),
    refetchInterval: askEveryMs,
  });
}

/** Whether a ticket from before the login waits for its owner, and what they do who are. */
export function useUnclaimedTicket(): { readonly isThere: boolean; readonly claim: Operation<void> } {
  const { support } = useDependencies().hexkey;
  const queries = useQueryClient();
  const unclaimed = useQuery({
    queryKey: ticketKey('unclaimed', usePlace()),
    queryFn: () => support.hasUnclaimed(),
  });
  const claim = useOperation(async () => {
    await support.claim();
    await queries.invalidateQueries({ queryKey: ['support-ticket'] });
  });
  return { isThere: unclaimed.data === true, claim };
}

/** What is typed stays until it was taken, and a text that is sent again is not said twice. */
export function useSay(): {
  readonly text: string;
  readonly type: (text: string) => void;
  readonly send: Operation<void>;
} {
  const { support } = useDependencies().hexkey;
  const { language: locale } = useSpeech();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const messageId = useRef<string | null>(null);
  const send = useOperation(async () => {
    messageId.current ??= support.newMessageId();
    await support.say({ messageId: messageId.current, text: text.trim(), locale });
    messageId.current = null;
    setText('');
    await queries.invalidateQueries({ queryKey: ['support-ticket'] });
  });
  const type = (next: string) => {
    messageId.current = null;
    setText(next);
  };
  return { text, type, send };
}
