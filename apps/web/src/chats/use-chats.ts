import type { ChatId, ChatPerson, Chats } from '@hexkey/sdk';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';
import { readInRounds } from './read-in-rounds.ts';

const queryKey = ['chats'];
const noOne: readonly ChatPerson[] = [];

/** Kept by account, so that the next account on this device never sees the last one's. */
function useAccountId(): string | null {
  const place = usePlace();
  return place.at === 'home' ? place.session.accountId : null;
}

/** Keeps what is shown as new as what was said. Called once, for the whole client. */
export function useChatsTold(): void {
  const { chats } = useDependencies().hexkey;
  const queries = useQueryClient();
  const accountId = useAccountId();
  useEffect(() => {
    if (accountId === null) return;
    return chats.subscribe(
      readInRounds<ChatId | null>((news) => {
        const isMeant = ([, , what, of]: readonly unknown[]) =>
          news.has(null) || what === 'list' || news.has(of as ChatId);
        return queries.invalidateQueries({ queryKey, predicate: (query) => isMeant(query.queryKey) });
      }),
    );
  }, [chats, queries, accountId]);
}

/** Pinned first, then by the last message. */
export function useChats() {
  const { chats } = useDependencies().hexkey;
  const accountId = useAccountId();
  return useQuery({
    queryKey: [...queryKey, accountId, 'list'],
    queryFn: () => chats.list(),
    enabled: accountId !== null,
  });
}

/** What was said and holds the words, newest first; what was found before stays while the next is looked for. */
export function useFoundMessages(text: string) {
  const { chats } = useDependencies().hexkey;
  const accountId = useAccountId();
  return useQuery({
    queryKey: [...queryKey, accountId, 'search', text],
    queryFn: () => chats.search(text),
    placeholderData: keepPreviousData,
    // Nothing that was searched for is kept.
    gcTime: 0,
    enabled: accountId !== null && text !== '',
  });
}

export function useChat(chatId: ChatId) {
  return useOfChat(chatId, 'summary', (chats) => chats.get(chatId));
}

export function useGroup(chatId: ChatId) {
  return useOfChat(chatId, 'group', (chats) => chats.group(chatId));
}

/** What is pinned for everyone, what was pinned last first. */
export function usePinnedMessages(chatId: ChatId) {
  return useOfChat(chatId, 'pinned', (chats) => chats.pinnedMessages(chatId));
}

/** Of a conversation with a person. */
export function useSafetyState(chatId: ChatId, isDirect: boolean) {
  return useOfChat(chatId, 'safety', async (chats) =>
    isDirect ? (await chats.safetyNumber(chatId)).state : null,
  );
}

/** Of a conversation with a person, and refused before both sides have an identity. */
export function useSafetyNumber(chatId: ChatId) {
  return useOfChat(chatId, 'safety-number', (chats) => chats.safetyNumber(chatId));
}

/** @param mayAnswer those who may not answer are told of none */
export function useJoinRequests(chatId: ChatId, mayAnswer: boolean) {
  return useOfChat(chatId, 'requests', (chats) =>
    mayAnswer ? chats.joinRequests(chatId) : Promise.resolve([]),
  );
}

function useOfChat<Data>(chatId: ChatId, what: string, ask: (chats: Chats) => Promise<Data>) {
  const { chats } = useDependencies().hexkey;
  const accountId = useAccountId();
  return useQuery({
    queryKey: [...queryKey, accountId, what, chatId],
    queryFn: () => ask(chats),
    // Asking this device costs nothing, and what was kept from an earlier visit does not know what is new.
    refetchOnMount: 'always',
    enabled: accountId !== null,
  });
}

/** What was said, oldest first, as far back as `fetchNextPage` was called. */
export function useMessages(chatId: ChatId) {
  const { chats } = useDependencies().hexkey;
  const accountId = useAccountId();
  return useInfiniteQuery({
    queryKey: [...queryKey, accountId, 'messages', chatId],
    queryFn: ({ pageParam }) =>
      pageParam === null ? chats.messages(chatId) : chats.messages(chatId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ messages, more }) => (more ? (messages[0]?.id ?? null) : null),
    refetchOnMount: 'always',
    select: ({ pages }) => pages.toReversed().flatMap(({ messages }) => messages),
    enabled: accountId !== null,
  });
}

/** Who is typing in a conversation now. */
export function useTyping(chatId: ChatId): readonly ChatPerson[] {
  const { chats } = useDependencies().hexkey;
  const [typing, setTyping] = useState(noOne);
  useEffect(() => {
    const look = () =>
      setTyping((before) => (sameAs(before, chats.typing(chatId)) ? before : chats.typing(chatId)));
    look();
    return chats.subscribe((changed) => (changed === null || changed === chatId) && look());
  }, [chats, chatId]);
  return typing;
}

const sameAs = (some: readonly ChatPerson[], others: readonly ChatPerson[]) =>
  some.length === others.length && some.every(({ accountId }, at) => accountId === others[at]?.accountId);

/** One thing done to conversations. What it changes is told by `subscribe`. */
export function useChatDeed<Input = void>(perform: (chats: Chats, input: Input) => Promise<unknown>) {
  const { chats } = useDependencies().hexkey;
  return useOperation((input: Input) => perform(chats, input));
}

/** Opens, or begins, the conversation with a person. @returns its id, or null after a refusal, which `state` has */
export function useOpenDirect() {
  const { chats } = useDependencies().hexkey;
  const [opened, setOpened] = useState<ChatId | null>(null);
  const { state, run } = useOperation(async (hexkeyId: string) =>
    setOpened(await chats.openDirect(hexkeyId)),
  );
  const open = useCallback((hexkeyId: string) => void run(hexkeyId), [run]);
  return { state, open, opened };
}
