import type { Context, Report } from '../command.ts';
import { askPin, keepOptions, withProgress } from './ask-pin.ts';

/** Shows the PIN to the nodes: opens a login, ends an interrupted change, or just rehearses. */
export async function verifyPin({ hexkey, terminal, options }: Context): Promise<Report> {
  const isLocked = hexkey.place.at === 'enter-pin';
  const pin = await askPin(terminal);
  await withProgress<unknown>(terminal, (onProgress) =>
    isLocked ? hexkey.unlock(pin, onProgress, keepOptions(options)) : hexkey.checkPin(pin, onProgress),
  );
  return { value: { verified: true }, lines: ['Right.'] };
}
