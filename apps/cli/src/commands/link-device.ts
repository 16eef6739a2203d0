import type { LinkState } from '@hexkey/sdk';
import encodeQR from 'qr';
import type { Context, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { askPin, withProgress } from './ask-pin.ts';
import { sayAccount } from './who-am-i.ts';

/** Lets this computer in as a device of an account that is logged in elsewhere: shows codes until one is approved there. */
export async function linkDevice({ hexkey, terminal }: Context): Promise<Report> {
  if (hexkey.place.at !== 'signed-out')
    throw new UsageError('This profile is logged in. Choose another one with --profile.');
  const say = (state: LinkState) => {
    if (state.step === 'scanned') return terminal.note('It was scanned. Enter the PIN on that device.');
    terminal.note(
      'Scan or paste this on a device that is logged in, within a minute: Devices, Link a device.',
    );
    const code = state.code.reveal();
    if (terminal.isInteractive) terminal.note(encodeQR(code, 'term'));
    terminal.note(code);
  };
  // Whoever gives up ends the program.
  await hexkey.deviceLinks.show(say, new AbortController().signal);
  const pin = await askPin(terminal);
  await withProgress(terminal, (onProgress) => hexkey.unlock(pin, onProgress));
  return sayAccount(hexkey);
}
