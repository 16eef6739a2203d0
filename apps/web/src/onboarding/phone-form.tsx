import { type FormEvent, useId, useMemo, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { languageTags } from '../i18n/translate.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { fieldLook, TextField } from '../ui/text-field.tsx';
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
  const { t, language } = useSpeech();
  const { browser } = useDependencies();
  const countryId = useId();
  const countries = useMemo(() => numbers.countriesIn(languageTags[language]), [numbers, language]);
  const [entry, setEntry] = useState<PhoneEntry>(() => ({
    country: numbers.guessCountry(browser.languages),
    text: '',
  }));
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
        <div className="flex flex-col gap-4">
          <div>
            <label htmlFor={countryId} className="mb-1.5 block font-medium text-sm">
              {t('phone.country')}
            </label>
            <select
              id={countryId}
              value={entry.country}
              onChange={(event) => change({ ...entry, country: event.target.value as PhoneEntry['country'] })}
              className={fieldLook}
            >
              {countries.map(({ code, name, dialCode }) => (
                <option key={code} value={code}>
                  {`${name} (${dialCode})`}
                </option>
              ))}
            </select>
          </div>
          <TextField
            label={t('phone.number')}
            type="tel"
            autoComplete="tel"
            data-route-focus
            value={entry.text}
            onChange={(event) => change(numbers.edited(entry, event.target.value))}
            problem={refused ? t('phone.invalid') : undefined}
          />
        </div>
      </BareScreen>
    </form>
  );
}
