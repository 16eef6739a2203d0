import type { PersonView } from '@hexkey/contract';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { HexkeyId } from '../more/hexkey-id.tsx';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { PersonPicture } from './person-picture.tsx';
import { usePersonName } from './person-row.tsx';
import { ReportSheet } from './report-sheet.tsx';
import { usePersonDeed } from './use-people.ts';

/** A contact, and what I can do: take them off my list, or block them. */
export function PersonSheet({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const name = usePersonName(person);
  const remove = usePersonDeed('remove');
  const block = usePersonDeed('block');
  const [isReporting, setReporting] = useState(false);
  const isBusy = remove.state.is === 'running' || block.state.is === 'running';
  const failure = [remove.state, block.state].find((state) => state.is === 'failed');
  const act = async (deed: typeof remove, said: string) => {
    if (!(await deed.run(person.hexkeyId))) return;
    say(said);
    onClose();
  };
  if (isReporting) return <ReportSheet hexkeyId={person.hexkeyId} name={name} onClose={onClose} />;
  return (
    <Sheet
      open
      title={name}
      onClose={onClose}
      actions={
        <>
          <Button
            wide
            tone="secondary"
            disabled={isBusy}
            onClick={() => void act(remove, t('contacts.removed', { name }))}
          >
            {t('contacts.remove')}
          </Button>
          {person.kind === 'person' && (
            <Button
              wide
              tone="danger"
              disabled={isBusy}
              onClick={() => void act(block, t('contacts.blocked', { name }))}
            >
              {t('contacts.block')}
            </Button>
          )}
          {person.kind === 'person' && (
            <Button wide tone="secondary" disabled={isBusy} onClick={() => setReporting(true)}>
              {t('report.report')}
            </Button>
          )}
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      <div className="flex items-center gap-3">
        <PersonPicture name={person.name} avatarId={person.avatarId} className="size-16 shrink-0" />
        <span className="text-ink">
          <HexkeyId id={person.hexkeyId} />
        </span>
      </div>
      <p className="mt-3">{t('contacts.block-lead')}</p>
      {failure?.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={failure.error} />
        </div>
      )}
    </Sheet>
  );
}
