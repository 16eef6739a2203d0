import type { ChatPerson, ChatSummary } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';

/** What people are called in conversations: the name they chose, or what stands for it; the reader is "You". */
export function useNameOf(): (person: ChatPerson) => string {
  const t = useT();
  return ({ isSelf, person }) => {
    if (isSelf) return t('chats.you');
    if (person === null) return t('chats.somebody');
    return person.kind === 'deleted' ? t('contacts.deleted') : (person.name ?? person.hexkeyId);
  };
}

/** What a conversation is called: the other person, or the group. */
export function useChatName(): (chat: Pick<ChatSummary, 'peer' | 'name'>) => string {
  const t = useT();
  const nameOf = useNameOf();
  return ({ peer, name }) => (peer ? nameOf(peer) : (name ?? t('chats.unnamed-group')));
}
