import { existsSync } from 'node:fs';
import { writePrivateFile } from '@hexkey/sdk/node';
import type { Context, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { askPin, withProgress } from './ask-pin.ts';

/** Everything the server holds about the account, as a file that only its owner may read. */
export async function exportAccount({ hexkey, terminal, parameters: [path = ''] }: Context): Promise<Report> {
  if (existsSync(path)) throw new UsageError('There is a file of that name. Choose another one.');
  const pin = await askPin(terminal);
  const text = await withProgress(terminal, (onProgress) => hexkey.exportAccount(pin, onProgress));
  writePrivateFile(path, text);
  return {
    value: { exported: true },
    lines: ['Written. It names your number, your devices and the people you know: keep it private.'],
  };
}
