import { Link2, Smartphone, UserRound } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, RowLink } from '../app/link.tsx';
import { useCopy } from '../app/use-copy.ts';
import { inviteLink } from '../contacts/invite-link.ts';
import { useT } from '../i18n/use-t.ts';
import { HexkeyId } from '../more/hexkey-id.tsx';
import { SettingsLink } from '../more/settings-link.tsx';
import { useAccount } from '../more/use-account.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Page } from '../ui/page.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { OwnPicture } from './own-picture.tsx';

/** /profile: how others see me, and how they find me. */
export function ProfileScreen() {
  const t = useT();
  const account = useAccount();
  return (
    <Page title={t('profile.title')} bar={{ start: <BackLink from="/profile" />, end: <SettingsLink /> }}>
      {account.isPending && <SkeletonRows label={t('profile.loading')} count={3} />}
      {account.isError && (
        <ErrorNotice
          error={account.error}
          actions={<Button onClick={() => void account.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {account.data && (
        <>
          <div className="flex flex-col items-center gap-1 py-2 text-center">
            <OwnPicture name={account.data.name} avatarId={account.data.avatarId} />
            <p className="mt-2 max-w-full truncate font-semibold text-title">{account.data.name}</p>
            <p className="text-muted text-sm">{t('account.id')}</p>
            <HexkeyId large id={account.data.hexkeyId} />
          </div>
          <Card>
            <RowLink
              to="/more/name"
              icon={<UserRound aria-hidden="true" />}
              title={t(account.data.name === null ? 'more.no-name' : 'more.edit-name')}
              {...(account.data.name !== null && { value: account.data.name })}
            />
            <RowLink
              to="/settings/account/phone"
              icon={<Smartphone aria-hidden="true" />}
              title={t(account.data.phoneMasked === null ? 'profile.add-phone' : 'profile.change-phone')}
              {...(account.data.phoneMasked !== null && { value: account.data.phoneMasked })}
            />
          </Card>
          <Invite hexkeyId={account.data.hexkeyId} />
        </>
      )}
    </Page>
  );
}

/** The number as a link and as a code. Neither is a secret. */
function Invite({ hexkeyId }: { hexkeyId: string }) {
  const t = useT();
  const copy = useCopy();
  const link = inviteLink(location.origin, hexkeyId);
  return (
    <section className="flex flex-col items-center gap-4 rounded-card border border-line bg-surface p-4 text-center">
      <h2 className="font-medium">{t('profile.invite')}</h2>
      <p className="text-muted">{t('profile.invite-lead')}</p>
      <QrCode text={link} label={t('profile.qr', { id: hexkeyId })} failed={t('profile.qr-failed')} />
      <p className="figures text-sm [overflow-wrap:anywhere]">{link}</p>
      <Button tone="secondary" onClick={() => copy(link)}>
        <Link2 aria-hidden="true" className="size-5" />
        {t('profile.copy-link')}
      </Button>
    </section>
  );
}
