import { firstSeat, type SeatId } from '../accounts/seats.ts';
import type { Language } from '../i18n/catalogue.ts';
import { languageOf, languages } from '../i18n/translate.ts';

export type Appearance = 'system' | 'light' | 'dark';
export const appearances: readonly Appearance[] = ['system', 'light', 'dark'];

/** How this browser shows Hexkey. Holds nothing of an account, so it outlives logins. What is told of messages is of one seat, the rest of all. */
export interface Preferences {
  readonly appearance: Appearance;
  readonly language: Language | 'system';
  /** Messages are told of while the page is not looked at. */
  readonly notifications: boolean;
  /** With who writes and what; otherwise only that somebody does. */
  readonly previews: boolean;
}

export const defaultPreferences: Preferences = {
  appearance: 'system',
  language: 'system',
  notifications: false,
  previews: false,
};
const storageKey = 'hexkey/v1/preferences';
const seatKey = (seat: SeatId) => (seat === firstSeat ? storageKey : `${storageKey}/${seat}`);

/** What the browser kept; anything unreadable counts as never chosen. */
export function readPreferences(storage: Pick<Storage, 'getItem'>, seat: SeatId): Preferences {
  const kept = parse(storage.getItem(storageKey));
  const told = parse(storage.getItem(seatKey(seat)));
  return {
    appearance: appearances.find((one) => one === kept.appearance) ?? defaultPreferences.appearance,
    language: languages.find((one) => one === kept.language) ?? defaultPreferences.language,
    notifications: told.notifications === true,
    previews: told.previews === true,
  };
}

export function writePreferences(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  seat: SeatId,
  { appearance, language, ...told }: Preferences,
): void {
  const add = (key: string, more: object) =>
    storage.setItem(key, JSON.stringify({ ...parse(storage.getItem(key)), ...more }));
  add(storageKey, { appearance, language });
  add(seatKey(seat), told);
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
