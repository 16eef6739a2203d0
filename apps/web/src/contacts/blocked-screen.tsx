import type { PersonView } from '@hexkey/contract';
import { Ban } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { SettingPage } from '../settings/setting-page.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { PersonContent, usePersonName } from './person-row.tsx';
import { usePeople, usePersonDeed } from './use-people.ts';

/** /settings/account/privacy/blocked */
export function BlockedScreen() {
  const t = useT();
  const blocked = usePeople('blocked');
  return (
    <SettingPage path="/settings/account/privacy/blocked">
      <p className="text-muted">{t('blocked.lead')}</p>
      {blocked.isPending && <SkeletonRows label={t('blocked.loading')} count={2} />}
      {blocked.isError && (
        <ErrorNotice
          error={blocked.error}
          actions={<Button onClick={() => void blocked.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {blocked.data?.length === 0 && (
        <EmptyState icon={<Ban aria-hidden="true" />} title={t('blocked.empty-title')} />
      )}
      {blocked.data && blocked.data.length > 0 && (
        <ul
          aria-label={t('blocked.title')}
          className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
        >
          {blocked.data.map((person) => (
            <BlockedRow key={person.hexkeyId} person={person} />
          ))}
        </ul>
      )}
    </SettingPage>
  );
}

function BlockedRow({ person }: { person: PersonView }) {
  const t = useT();
  const say = useToast();
  const name = usePersonName(person);
  const unblock = usePersonDeed('unblock');
  const submit = async () => {
    if (await unblock.run(person.hexkeyId)) say(t('blocked.ended', { name }));
  };
  return (
    <li className="px-4 py-3">
      <div className="flex items-center gap-3">
        <PersonContent person={person}>
          <Button
            tone="quiet"
            disabled={unblock.state.is === 'running'}
            aria-label={t('blocked.unblock-name', { name })}
            onClick={() => void submit()}
          >
            {t('blocked.unblock')}
          </Button>
        </PersonContent>
      </div>
      {unblock.state.is === 'failed' && <ErrorNotice error={unblock.state.error} />}
    </li>
  );
}
