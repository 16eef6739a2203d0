import { useId, useMemo, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { languageTags } from '../i18n/translate.ts';
import { useSpeech } from '../i18n/use-t.ts';
import type { PhoneEntry } from '../onboarding/phone-number.ts';
import { fieldLook, TextField } from '../ui/text-field.tsx';

type PhoneNumbers = typeof import('../onboarding/phone-number.ts');

/** A number as it is typed, in the country this browser is likely from. @param initial E.164, to be corrected */
export function usePhoneEntry(numbers: PhoneNumbers, initial = '') {
  const { browser } = useDependencies();
  return useState<PhoneEntry>(() =>
    numbers.edited({ country: numbers.guessCountry(browser.languages), text: '' }, initial),
  );
}

/** Country and number. @param refused the country has no such number */
export function PhoneFields(props: {
  numbers: PhoneNumbers;
  entry: PhoneEntry;
  onChange: (entry: PhoneEntry) => void;
  refused: boolean;
}) {
  const { numbers, entry, onChange } = props;
  const { t, language } = useSpeech();
  const countryId = useId();
  const countries = useMemo(() => numbers.countriesIn(languageTags[language]), [numbers, language]);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <label htmlFor={countryId} className="mb-1.5 block font-medium text-sm">
          {t('phone.country')}
        </label>
        <select
          id={countryId}
          value={entry.country}
          onChange={(event) => onChange({ ...entry, country: event.target.value as PhoneEntry['country'] })}
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
        onChange={(event) => onChange(numbers.edited(entry, event.target.value))}
        problem={props.refused ? t('phone.invalid') : undefined}
      />
    </div>
  );
}
