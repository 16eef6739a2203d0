import type { Context, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { askNewPin, askPin, newPinOptions, withProgress } from './ask-pin.ts';
import { askWhatIfLost } from './register.ts';
import { sayWords } from './say-words.ts';

/** The first PIN of an account whose registration ended early; an interrupted one is finished with the same digits. */
export async function setPin(context: Context): Promise<Report> {
  const { hexkey, terminal, options } = context;
  const { place } = hexkey;
  if (place.at !== 'set-pin') throw new UsageError('This account needs no first PIN. See `hexkey whoami`.');
  if (!place.interrupted) await askWhatIfLost(context);
  const pin = place.interrupted
    ? await askPin(terminal, 'The PIN whose setting was interrupted:')
    : await askNewPin(hexkey, terminal);
  const words = await withProgress(terminal, (onProgress) =>
    hexkey.setPin(pin, onProgress, newPinOptions(options)),
  );
  const said = await sayWords(context, words);
  return { ...said, lines: ['The PIN is set.', ...said.lines] };
}
