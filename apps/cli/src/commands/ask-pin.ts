import type { Secret } from '@hexkey/protocol';
import type { Hexkey, PinProgress } from '@hexkey/sdk';
import type { Options } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const entries = 4;

export const askPin = (terminal: Terminal, question = 'PIN:'): Promise<Secret<string>> =>
  terminal.askSecret(question);

/**
 * A new PIN, entered four times in all. Somebody who mistypes starts the new PIN again.
 * @throws {DomainError} `WeakPin` @throws {UsageError} standard input has two PINs
 */
export async function askNewPin(hexkey: Hexkey, terminal: Terminal): Promise<Secret<string>> {
  for (;;) {
    const pin = await terminal.askSecret(`New PIN, six digits (1/${entries}):`);
    hexkey.checkNewPin(pin);
    if (await isRepeated(terminal, pin)) return pin;
    if (!terminal.isInteractive) throw new UsageError('The entries of the new PIN differ.');
    terminal.note('That was another PIN. Start the new PIN again.');
  }
}

async function isRepeated(terminal: Terminal, pin: Secret<string>): Promise<boolean> {
  for (let entry = 2; entry <= entries; entry += 1) {
    const again = await terminal.askSecret(`The same PIN again (${entry}/${entries}):`);
    if (again.reveal() !== pin.reveal()) return false;
  }
  return true;
}

/** How a new PIN is put on the nodes, as the command line says. */
export const newPinOptions = (options: Options) => ({
  acceptFewerNodes: options['accept-fewer-nodes'] === true,
});

/** Whether an account that is about to be deleted is kept, as the command line says. */
export const keepOptions = (options: Options) => ({ keepsAccount: options['keep-account'] === true });

/** Says what the PIN nodes are doing, in one line that is gone afterwards. */
export async function withProgress<T>(
  terminal: Terminal,
  work: (onProgress: (progress: PinProgress) => void) => Promise<T>,
): Promise<T> {
  try {
    return await work((progress) => terminal.progress(sayProgress(progress)));
  } finally {
    terminal.progress(null);
  }
}

function sayProgress(progress: PinProgress): string {
  if (progress.step === 'connecting') return `Connecting to PIN node ${progress.done} of ${progress.of} …`;
  if (progress.step === 'exchanging') return `Asking PIN node ${progress.done} of ${progress.of} …`;
  if (progress.step === 'making-wallet')
    return `Making the wallet with PIN node ${progress.done} of ${progress.of} …`;
  return progress.step === 'generating' ? 'Opening …' : 'Telling the server …';
}
