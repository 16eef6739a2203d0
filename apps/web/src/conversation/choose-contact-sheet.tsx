import type { PersonView } from '@hexkey/contract';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useChatDeed } from '../chats/use-chats.ts';
import { PersonContent } from '../contacts/person-row.tsx';
import { usePeople } from '../contacts/use-people.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';

/** Whose card is sent. */
export function ChooseContactSheet({ chatId, onClose }: { chatId: string; onClose: () => void }) {
  const t = useT();
  const contacts = usePeople('contacts');
  const send = useChatDeed((chats, { hexkeyId, name }: PersonView) =>
    chats.send(chatId, { kind: 'contact', hexkeyId, name }),
  );
  const choose = async (person: PersonView) => {
    if (await send.run(person)) onClose();
  };
  return (
    <Sheet
      open
      title={t('composer.choose-contact')}
      onClose={onClose}
      actions={
        <Button wide tone="quiet" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      }
    >
      {contacts.isPending && <SkeletonRows label={t('contacts.loading')} count={3} />}
      {contacts.isError && <ErrorNotice error={contacts.error} />}
      {contacts.data?.length === 0 && <p>{t('composer.no-contacts')}</p>}
      {contacts.data && contacts.data.length > 0 && (
        <ul className="max-h-80 divide-y divide-line overflow-y-auto rounded-card border border-line text-ink">
          {contacts.data.map((person) => (
            <li key={person.hexkeyId}>
              <button
                type="button"
                disabled={send.state.is === 'running'}
                className={rowLook}
                onClick={() => void choose(person)}
              >
                <PersonContent person={person} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {send.state.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={send.state.error} />
        </div>
      )}
    </Sheet>
  );
}
