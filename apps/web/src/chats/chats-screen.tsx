import { useT } from '../i18n/use-t.ts';
import { NothingChosen } from '../ui/nothing-chosen.tsx';

/** /chats beside its list. */
export function ChatsScreen() {
  const t = useT();
  return <NothingChosen>{t('chats.choose')}</NothingChosen>;
}
