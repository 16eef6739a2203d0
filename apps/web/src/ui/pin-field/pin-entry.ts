/** How many digits a PIN has. */
export const pinLength = 6;
/** What the input shows for a digit: the digits themselves never enter the page. */
export const bullet = '•';

/** Digits typed so far, and how often they were refused: each refusal shakes once. */
export interface PinEntry {
  readonly digits: string;
  readonly refusals: number;
}
export const emptyEntry: PinEntry = { digits: '', refusals: 0 };

export type PinEntryEvent =
  /** The input's text after an edit: bullets stand for digits that stayed, digits are new. */
  | { readonly type: 'edited'; readonly text: string }
  | { readonly type: 'refused' }
  | { readonly type: 'cleared' };

export function reducePinEntry(entry: PinEntry, event: PinEntryEvent): PinEntry {
  if (event.type === 'refused') return { digits: '', refusals: entry.refusals + 1 };
  if (event.type === 'cleared') return { ...entry, digits: '' };
  return { ...entry, digits: editedDigits(entry.digits, event.text) };
}

/** The text the input holds for the digits typed so far. */
export const maskedDigits = (digits: string) => bullet.repeat(digits.length);

/**
 * The digits after an edit. Bullets left of the edit stand for the first digits and those right of it for the last;
 * anything else that is not a digit is dropped, and so is what is too much.
 */
export function editedDigits(digits: string, text: string): string {
  const kept = [...text].filter((character) => character === bullet).length;
  const leading = Math.min(/^•*/.exec(text)?.[0].length ?? 0, digits.length);
  const trailing = Math.min(kept - leading, digits.length - leading);
  const typed = [...text.normalize('NFKC')].filter((character) => /[0-9]/.test(character)).join('');
  const tail = trailing > 0 ? digits.slice(-trailing) : '';
  return (digits.slice(0, leading) + typed + tail).slice(0, pinLength);
}
