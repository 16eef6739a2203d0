import { useNavigate } from '@tanstack/react-router';
import { entryOf } from '../app/place-guard.ts';
import { useStanding } from '../app/use-standing.ts';
import { useT } from '../i18n/use-t.ts';
import { NameForm } from '../more/name-form.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';

/** /welcome/name: the last step of a registration. */
export function WelcomeNameScreen() {
  const t = useT();
  const navigate = useNavigate();
  const standing = useStanding();
  return (
    <BareScreen title={t('name.title')} lead={t('name.lead')}>
      <NameForm initial="" onSaved={() => void navigate({ to: entryOf(standing), replace: true })}>
        {(ready) => (
          <Button wide type="submit" disabled={!ready}>
            {t('action.continue')}
          </Button>
        )}
      </NameForm>
    </BareScreen>
  );
}
