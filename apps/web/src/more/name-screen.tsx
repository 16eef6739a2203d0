import { useNavigate } from '@tanstack/react-router';
import { BackLink } from '../app/link.tsx';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { NameForm } from './name-form.tsx';
import { useAccount } from './use-account.ts';

/** /more/name */
export function NameScreen() {
  const t = useT();
  const navigate = useNavigate();
  const say = useToast();
  const account = useAccount();
  const saved = () => {
    say(t('name.saved'));
    void navigate({ to: '/more' });
  };
  return (
    <Page title={t('name.title')} bar={{ start: <BackLink from="/more/name" /> }}>
      <p className="text-muted">{t('name.lead')}</p>
      {account.isPending ? (
        <SkeletonRows label={t('name.title')} count={1} />
      ) : (
        <NameForm initial={account.data?.name ?? ''} onSaved={saved}>
          {(ready) => (
            <Button wide type="submit" disabled={!ready}>
              {t('action.save')}
            </Button>
          )}
        </NameForm>
      )}
    </Page>
  );
}
