import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { PhoneForm } from './phone-form.tsx';
import { type PhonePurpose, usePhoneNumbers } from './use-phone-verification.ts';

export const RegisterPhoneScreen = () => <PhoneScreen purpose="register" />;
export const LoginPhoneScreen = () => <PhoneScreen purpose="login" />;

/** The number a code is sent to. */
function PhoneScreen({ purpose }: { purpose: PhonePurpose }) {
  const t = useT();
  const numbers = usePhoneNumbers();
  if (numbers.data) return <PhoneForm purpose={purpose} numbers={numbers.data} />;
  return (
    <BareScreen
      title={t('phone.title')}
      lead={t(`phone.${purpose}-lead`)}
      bar={{ start: <BackLink from={`/${purpose}/phone`} /> }}
    >
      {numbers.isError ? (
        <ErrorNotice
          error={numbers.error}
          actions={<Button onClick={() => void numbers.refetch()}>{t('action.retry')}</Button>}
        />
      ) : (
        <Waiting>{t('phone.loading')}</Waiting>
      )}
    </BareScreen>
  );
}
