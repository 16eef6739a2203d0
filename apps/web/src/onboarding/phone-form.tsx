import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { PhoneFields, usePhoneEntry } from '../phone/phone-fields.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import type { PhoneEntry } from './phone-number.ts';
import { type PhonePurpose, useRequestCode } from './use-phone-verification.ts';

/** Country and number. @param numbers the numbering plans, once they are loaded */
export function PhoneForm({
  purpose,
  numbers,
}: {
  purpose: PhonePurpose;
  numbers: typeof import('./phone-number.ts');
}) {
  const t = useT();
  const [entry, setEntry] = usePhoneEntry(numbers);
  const [refused, setRefused] = useState(false);
  const request = useRequestCode(purpose);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const e164 = numbers.e164Of(entry);
    setRefused(e164 === null);
    if (e164 !== null) void request.run(e164);
  };
  const change = (next: PhoneEntry) => {
    setRefused(false);
    request.reset();
    setEntry(next);
  };

  return (
    <form onSubmit={submit} autoComplete="off">
      <BareScreen
        title={t('phone.title')}
        lead={t(`phone.${purpose}-lead`)}
        bar={{ start: <BackLink from={`/${purpose}/phone`} /> }}
        footer={
          <>
            {request.state.is === 'failed' && <ErrorNotice error={request.state.error} />}
            <Button wide type="submit" disabled={entry.text === '' || request.state.is === 'running'}>
              {t('action.send-code')}
            </Button>
          </>
        }
      >
        <PhoneFields numbers={numbers} entry={entry} onChange={change} refused={refused} />
      </BareScreen>
    </form>
  );
}
