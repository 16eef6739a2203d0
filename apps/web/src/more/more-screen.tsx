import { UserRound, UsersRound } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { RowLink } from '../app/link.tsx';
import { PersonPicture } from '../contacts/person-picture.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonText } from '../ui/skeleton.tsx';
import { HexkeyId } from './hexkey-id.tsx';
import { SettingsLink } from './settings-link.tsx';
import { useAccount } from './use-account.ts';

/** /more: who I am here, and the way to the settings. */
export function MoreScreen() {
  const t = useT();
  const account = useAccount();
  const name = account.data?.name ?? null;
  return (
    <Page title={t('more.title')} bar={{ end: <SettingsLink /> }}>
      {account.isError ? (
        <ErrorNotice
          error={account.error}
          actions={<Button onClick={() => void account.refetch()}>{t('action.retry')}</Button>}
        />
      ) : (
        <div className="flex flex-col items-center gap-1 py-4 text-center">
          <PersonPicture name={name} avatarId={account.data?.avatarId ?? null} className="size-24" />
          <p className="mt-3 max-w-full truncate font-semibold text-title">{name}</p>
          <p className="text-muted text-sm">{t('account.id')}</p>
          {account.data ? <HexkeyId large id={account.data.hexkeyId} /> : <SkeletonText />}
        </div>
      )}
      <Card>
        <RowLink
          to="/more/name"
          icon={<UserRound aria-hidden="true" />}
          title={t(name === null ? 'more.no-name' : 'more.edit-name')}
          {...(name !== null && { value: name })}
        />
        <RowLink to="/accounts" icon={<UsersRound aria-hidden="true" />} title={t('accounts.title')} />
      </Card>
    </Page>
  );
}
