import { HelpLink } from '../help/help-link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { useAnswerPhone } from './use-contact-login.ts';

/** /welcome/phone: after a login through the recovery contact, once the PIN has opened the account. */
export function ChangePhoneScreen() {
  const t = useT();
  const answer = useAnswerPhone();
  return (
    <BareScreen
      title={t('phone-question.title')}
      lead={t('phone-question.lead')}
      footer={
        <>
          <Button wide onClick={() => void answer('change')}>
            {t('phone-question.change')}
          </Button>
          <Button wide tone="secondary" onClick={() => void answer('later')}>
            {t('action.later')}
          </Button>
        </>
      }
    >
      <HelpLink articleId="change-phone">{t('phone-question.how')}</HelpLink>
    </BareScreen>
  );
}
