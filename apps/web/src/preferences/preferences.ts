import type { Language } from '../i18n/catalogue.ts';
import { languageOf, languages } from '../i18n/translate.ts';

export type Appearance = 'system' | 'light' | 'dark';
export const appearances: readonly Appearance[] = ['system', 'light', 'dark'];

/** How this browser shows Hexkey. Holds nothing of an account, so it outlives logins. */
export interface Preferences {
  readonly appearance: Appearance;
  readonly language: Language | 'system';
}

export const defaultPreferences: Preferences = { appearance: 'system', language: 'system' };
const storageKey = 'hexkey/v1/preferences';

/** What the browser kept; anything unreadable counts as never chosen. */
export function readPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  const kept = parse(storage.getItem(storageKey));
  return {
    appearance: appearances.find((one) => one === kept.appearance) ?? defaultPreferences.appearance,
    language: languages.find((one) => one === kept.language) ?? defaultPreferences.language,
  };
}

export function writePreferences(storage: Pick<Storage, 'setItem'>, preferences: Preferences): void {
  storage.setItem(storageKey, JSON.stringify(preferences));
}

/** The language to speak. @param wanted the browser's own list, best first */
export function spokenLanguage(preferences: Preferences, wanted: readonly string[]): Language {
  return preferences.language === 'system' ? languageOf(wanted) : preferences.language;
}

function parse(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
