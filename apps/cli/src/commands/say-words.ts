import type { Words } from '@hexkey/sdk';
import type { Context, Report } from '../command.ts';

const asked = 'Show the 13 words now? Nobody else should see this screen.';

/**
 * The words, when they were asked for with --show-words or, at a terminal, with a yes. They are the account: without an explicit word they
 * reach neither a screen nor a program that reads the output.
 */
export async function sayWords({ terminal, options }: Context, words: Words): Promise<Report> {
  const isShown =
    options['show-words'] === true ||
    (terminal.isInteractive && options.json !== true && (await terminal.confirm(asked, '')));
  if (!isShown)
    return { value: {}, lines: ['The words are not shown. `hexkey words` shows them, for the PIN.'] };
  const list = words.reveal();
  return {
    value: { words: list },
    lines: [
      'Write these words down, in order. Who has them needs only the PIN to have the account:',
      ...list.map((word, index) => `${String(index + 1).padStart(4)}  ${word}`),
    ],
  };
}
