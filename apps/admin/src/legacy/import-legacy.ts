import { type LegacyImport, type LegacyRow, type LegacyRowProblem, maxLegacyRows } from '@hexkey/contract';
import type { AskServer } from '../ask-server.ts';
import { UsageError } from '../usage-error.ts';
import { legacyRows } from './legacy-file.ts';

export interface LegacyImportReport {
  readonly imported: number;
  readonly unchanged: number;
  /** With any of these nothing was imported, or nothing more. */
  readonly refused: readonly { readonly line: number; readonly problem: LegacyRowProblem | 'record' }[];
}

/** The numbers of a file are held while it is checked, so that one which stands there twice is found: some 50 MB at most. */
const maxRows = 500_000;
/** Enough to see what is wrong with a file; the others follow once these are right. */
const maxRefused = 1000;

type Refusals = LegacyImportReport['refused'][number][];

/**
 * Imports a file of accounts: reads it twice, first to check every row, then to write. A row that is refused stops it before anything is
 * written. A part is written whole or not at all; cut off in between, the same import made again goes on, and what is there stays as it is.
 * @throws {UsageError} about the file; what `ask` throws
 */
export async function importLegacy(
  ask: AskServer,
  path: string,
  readFile: (path: string) => AsyncIterable<Uint8Array>,
): Promise<LegacyImportReport> {
  const checked = await checkFile(ask, readFile(path));
  if (checked.length > 0) return { imported: 0, unchanged: 0, refused: checked };
  let [imported, unchanged] = [0, 0];
  for await (const { rows, problems } of partsOf(readFile(path))) {
    // The file was changed since it was checked: nothing more is taken from it.
    if (problems.length > 0) return { imported, unchanged, refused: problems };
    const part = await ask('importLegacy', { rows });
    imported += part.imported;
    unchanged += part.unchanged;
    if (part.refused.length > 0) return { imported, unchanged, refused: part.refused };
  }
  return { imported, unchanged, refused: [] };
}

async function checkFile(ask: AskServer, bytes: AsyncIterable<Uint8Array>): Promise<Refusals> {
  const refused: Refusals = [];
  const numbers = new Set<string>();
  for await (const { rows, problems } of partsOf(bytes)) {
    refused.push(...problems);
    const fresh: LegacyRow[] = [];
    for (const row of rows)
      if (numbers.has(row.phone)) refused.push({ line: row.line, problem: 'number-twice' });
      else {
        numbers.add(row.phone);
        fresh.push(row);
      }
    if (numbers.size > maxRows) throw new UsageError(`a file has at most ${maxRows} rows: split it`);
    if (fresh.length > 0) refused.push(...(await checkPart(ask, fresh)).refused);
    if (refused.length >= maxRefused) break;
  }
  return refused.slice(0, maxRefused).sort((left, right) => left.line - right.line);
}

const checkPart = (ask: AskServer, rows: readonly LegacyRow[]): Promise<LegacyImport> =>
  ask('checkLegacy', { rows: [...rows] });

async function* partsOf(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly rows: LegacyRow[]; readonly problems: Refusals }> {
  let rows: LegacyRow[] = [];
  let problems: Refusals = [];
  for await (const row of legacyRows(bytes)) {
    if ('problem' in row) problems.push(row);
    else rows.push(row);
    if (rows.length < maxLegacyRows && problems.length < maxLegacyRows) continue;
    yield { rows, problems };
    [rows, problems] = [[], []];
  }
  if (rows.length + problems.length > 0) yield { rows, problems };
}
