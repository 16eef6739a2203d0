import type { Context, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { askPhoneCode } from './ask-phone-code.ts';
import { askNewPin, newPinOptions, withProgress } from './ask-pin.ts';
import { sayWords } from './say-words.ts';
import { sayAccount } from './who-am-i.ts';

/** A new account with its PIN. The PIN is chosen before anything is sent: nothing is half done when nobody answers. */
export async function register(context: Context): Promise<Report> {
  const { hexkey, terminal, options } = context;
  if (hexkey.place.at !== 'signed-out')
    throw new UsageError('This profile has an account. Choose another one with --profile.');
  await askWhatIfLost(context);
  const pin = await askNewPin(hexkey, terminal);
  if (options.phone === true) {
    const { verificationId, code } = await askPhoneCode(context, 'register');
    await hexkey.registerWithPhone(verificationId, code);
  } else await hexkey.registerWithWords(hexkey.newWords());
  const words = await withProgress(terminal, (onProgress) =>
    hexkey.setPin(pin, onProgress, newPinOptions(options)),
  );
  const account = await sayAccount(hexkey);
  const said = await sayWords(context, words);
  return {
    value: { ...account.value, ...(said.value as object) },
    lines: [...account.lines, ...said.lines],
  };
}

/** The one question of a registration that cannot be passed wrongly. */
export async function askWhatIfLost({ terminal, options }: Context): Promise<void> {
  if (options['nobody-can-reset-it'] === true) return;
  const question = 'Six digits will guard the account. If you lose them, who can reset them? Type who:';
  if (!terminal.isInteractive)
    throw new UsageError(
      'Nobody can reset a lost PIN, not even the operator: say that you know it with --nobody-can-reset-it.',
    );
  while (!/^(nobody|no one|noone)[.!]?$/i.test((await terminal.ask(question)).trim()))
    terminal.note('No. Nobody can: not you, not the operator. Type “nobody” to go on.');
}
