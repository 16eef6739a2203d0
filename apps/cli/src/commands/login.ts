import { Secret } from '@hexkey/protocol';
import type { Place } from '@hexkey/sdk';
import type { Context, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { askPhoneCode } from './ask-phone-code.ts';
import { askPin, keepOptions, withProgress } from './ask-pin.ts';
import { sayAccount } from './who-am-i.ts';

/** A new login, opened with the PIN. After a wrong PIN it stays, locked: `hexkey pin verify` tries again. */
export async function login(context: Context): Promise<Report> {
  const { hexkey, terminal, options } = context;
  if (hexkey.place.at !== 'signed-out')
    throw new UsageError('This profile is logged in. Choose another one with --profile.');
  const place = options.phone === true ? await enterByPhone(context) : await enterByWords(context);
  if (place.at === 'enter-pin') {
    const pin = await askPin(terminal);
    await withProgress(terminal, (onProgress) => hexkey.unlock(pin, onProgress, keepOptions(options)));
  }
  return sayAccount(hexkey);
}

async function enterByPhone(context: Context): Promise<Place> {
  const { verificationId, code } = await askPhoneCode(context, 'login');
  return context.hexkey.loginWithPhone(verificationId, code);
}

async function enterByWords({ hexkey, terminal }: Context): Promise<Place> {
  const typed = await terminal.askSecret('Your words, with spaces between them (nothing is shown):');
  const words = new Secret(
    typed
      .reveal()
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  );
  return hexkey.loginWithWords(words);
}
