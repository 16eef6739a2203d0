import {
  AsYouType,
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';

/** This file carries the numbering plans of all countries (27 kB gzip), so it is loaded only when a number is typed. */

export interface Country {
  readonly code: CountryCode;
  readonly name: string;
  /** `+49` */
  readonly dialCode: string;
}

export interface PhoneEntry {
  readonly country: CountryCode;
  /** As typed, with the spaces of its country's habit. */
  readonly text: string;
}

/** All countries with a numbering plan, by name. */
export function countriesIn(languageTag: string): readonly Country[] {
  const names = new Intl.DisplayNames(languageTag, { type: 'region' });
  return getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code, dialCode: `+${getCountryCallingCode(code)}` }))
    .sort((one, other) => one.name.localeCompare(other.name, languageTag));
}

/** The country of the first language tag that names one, such as `de-AT`; none of them does: United States. */
export function guessCountry(languageTags: readonly string[]): CountryCode {
  for (const tag of languageTags) {
    const region = regionOf(tag);
    if (region && isSupportedCountry(region)) return region;
  }
  return 'US';
}

function regionOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).maximize().region;
  } catch (error) {
    // Chromium under the C locale calls its language `en-US@posix`, which is no tag of BCP 47.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The entry after an edit: a number typed with its plus sign chooses its own country. */
export function edited(entry: PhoneEntry, text: string): PhoneEntry {
  const international = text.trimStart().startsWith('+');
  const format = new AsYouType(international ? undefined : entry.country);
  const formatted = format.input(text);
  // A formatter that put back what was just deleted would make deleting impossible.
  const shown = text.length < entry.text.length ? text : formatted;
  return { country: (international && format.getCountry()) || entry.country, text: shown };
}

/** E.164, or null when the country has no such number. */
export function e164Of(entry: PhoneEntry): string | null {
  const number = parsePhoneNumberFromString(entry.text, entry.country);
  return number?.isValid() ? number.number : null;
}

/** `+49 1512 3456789` */
export const readable = (e164: string): string =>
  parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
