import type { Context, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { askPin } from './ask-pin.ts';
import { sayWords } from './say-words.ts';

/** The words, for the PIN. */
export async function showWords(context: Context): Promise<Report> {
  const { hexkey, terminal, options } = context;
  if (options['show-words'] !== true && (options.json === true || !terminal.isInteractive))
    throw new UsageError('The words go to a program only with --show-words.');
  return sayWords(context, await hexkey.viewWords(await askPin(terminal)));
}
