import { existsSync } from 'node:fs';
import { writePrivateFile } from '@hexkey/sdk/node';
import type { Context, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** What the PIN nodes wrote down about the account, with their signatures, as a file anybody can verify. */
export async function exportHistory({ hexkey, parameters: [path = ''] }: Context): Promise<Report> {
  if (existsSync(path)) throw new UsageError('There is a file of that name. Choose another one.');
  const text = await hexkey.exportPinHistory();
  writePrivateFile(path, text);
  return { value: { exported: true }, lines: ['Written. `hexkey pin audit` verifies it, here or anywhere.'] };
}
