import type { ChatMessage, ChatPerson } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';
import { sayAmount } from '../wallet/say-amount.ts';
import { useNameOf } from './use-names.ts';
import { useTimerName } from './use-timer-name.ts';

/** One message or event in one line of text, as lists, quotes and screen readers have it. */
export function useLineOf(): (message: Pick<ChatMessage, 'content' | 'sender'>, isDirect: boolean) => string {
  const t = useT();
  const nameOf = useNameOf();
  const timerName = useTimerName();
  return ({ content, sender }, isDirect) => {
    const by = nameOf(sender);
    const list = (people: readonly ChatPerson[]) =>
      people.map((one) => (one.isSelf ? t('event.you') : nameOf(one))).join(', ');
    switch (content.kind) {
      case 'text':
        return content.text;
      case 'contact':
        return t('message.contact-card', { name: content.name ?? content.hexkeyId });
      case 'transfer':
        return t(sender.isSelf ? 'message.sent-money' : 'message.says-sent-money', {
          amount: sayAmount(content),
        });
      case 'attachment':
        return t(content.durationMs === null ? 'message.file' : 'message.voice', { name: content.name });
      case 'poll':
        return t('message.poll', { question: content.question });
      case 'deleted':
      case 'unknown':
      case 'unreadable':
        return t(`message.${content.kind}`);
      case 'created':
        return isDirect ? t('event.created-direct') : t('event.created', { by });
      case 'added':
      case 'removed':
        return t(`event.${content.kind}`, { by, who: list(content.who) });
      case 'left':
      case 'joined-by-link':
      case 'security-code-changed':
        return t(`event.${content.kind}`, { who: nameOf(content.who) });
      case 'renamed':
        return t('event.renamed', { by, name: content.name });
      case 'picture-changed':
        return t('event.picture-changed', { by });
      case 'timer':
        return content.seconds === 0
          ? t('event.timer-off', { by })
          : t('event.timer', { by, time: timerName(content.seconds) });
      case 'pinned':
        return t('event.pinned', { by });
      case 'role':
        return t(`event.role-${content.role}`, { who: nameOf(content.who) });
      case 'history-begins':
        return t('event.history-begins');
      default:
        // Kept by a newer version in another tab.
        return t('message.unknown');
    }
  };
}
