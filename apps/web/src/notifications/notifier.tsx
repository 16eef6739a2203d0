import { DomainError } from '@hexkey/contract';
import type { ChatSummary } from '@hexkey/sdk';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';
import { useLineOf } from '../chats/use-line-of.ts';
import { useChatName } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';
import { newsSince } from './news.ts';
import { oneSpeaker } from './one-speaker.ts';

/** Tells of messages while no tab of the account is looked at. Shows nothing itself. */
export function Notifier({ accountId }: { accountId: string }) {
  const { hexkey, clock } = useDependencies();
  const tellOfChat = useTellOfChat(accountId);
  const tellOfTeam = useTellOfTeam(accountId);
  // What is said changes with the language and the lock; what is listened to does not.
  const tell = useRef({ tellOfChat, tellOfTeam });
  tell.current = { tellOfChat, tellOfTeam };
  useEffect(() => {
    const speaker = oneSpeaker(accountId);
    const lookAtChats = watchNews(
      () => hexkey.chats.list(),
      (before, now) => newsSince(before, now, clock.now()),
      async (news) => {
        if (await speaker.maySpeak()) for (const chat of news) tell.current.tellOfChat(chat);
      },
    );
    const lookAtTeam = watchNews(
      async () => (await hexkey.teamHexkey.messages()).filter(({ isRead }) => !isRead).length,
      (before, now) => (now > before ? [now] : []),
      async () => {
        if (await speaker.maySpeak()) tell.current.tellOfTeam();
      },
    );
    const ends = [hexkey.chats.subscribe(lookAtChats), hexkey.teamHexkey.subscribe(lookAtTeam), speaker.end];
    return () => {
      for (const end of ends) end();
    };
  }, [hexkey, clock, accountId]);
  return null;
}

/** Looks, one look after another; what is there at first is no news. @returns asks for another look */
function watchNews<State, News>(
  look: () => Promise<State>,
  compare: (before: State, now: State) => readonly News[],
  tell: (news: readonly News[]) => Promise<void>,
): () => void {
  let before: { readonly state: State } | null = null;
  let turn: Promise<void> = Promise.resolve();
  const lookOnce = async () => {
    try {
      const state = await look();
      const news = before === null ? [] : compare(before.state, state);
      before = { state };
      if (news.length > 0) await tell(news);
    } catch (error) {
      // Logged out, or not readable now: the pages say so, and the next change is looked at again.
      if (!(error instanceof DomainError)) reportError(error);
    }
  };
  const again = () => {
    turn = turn.then(lookOnce);
  };
  again();
  return again;
}

function useTellOfChat(accountId: string): (chat: ChatSummary) => void {
  const t = useT();
  const nameOf = useChatName();
  const lineOf = useLineOf();
  const navigate = useNavigate();
  const { browser, appLock, preferences } = useDependencies();
  const { previews } = useStore(preferences);
  return (chat) => {
    // A notice would outlive what disappears.
    const isTold =
      previews && !appLock.isClosedNow() && chat.last !== null && chat.last.lastsSeconds === null;
    const notice = isTold
      ? { title: nameOf(chat), text: lineOf(chat.last, chat.kind === 'direct') }
      : { title: t('app.name'), text: t('notifications.new-message') };
    // Without names there is one notice for all of it: how many conversations write is content too.
    const tag = `hexkey/${accountId}/${isTold ? chat.chatId : 'messages'}`;
    browser.notices.show(
      { ...notice, tag },
      () => void navigate({ to: '/chats/$chatId', params: { chatId: chat.chatId } }),
    );
  };
}

/** Never with its text: it may be a code. */
function useTellOfTeam(accountId: string): () => void {
  const t = useT();
  const navigate = useNavigate();
  const { browser } = useDependencies();
  return () =>
    void browser.notices.show(
      { tag: `hexkey/${accountId}/team`, title: t('app.name'), text: t('notifications.new-team') },
      () => void navigate({ to: '/chats/team-hexkey' }),
    );
}
