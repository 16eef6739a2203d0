import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How far the database had come, told outside the database: one that has come less far is an older copy. Backups leave
 * the witness out, so that a data directory put back as a whole has none.
 */
export interface RestoreWitness {
  /** `ClockState.ticks` at the last write; null when there is no witness. */
  read(): number | null;
  /** After the database was written: a crash in between leaves the database ahead, which is harmless. */
  write(ticks: number): void;
}

/** For stores that cannot be restored. */
export const noWitness: RestoreWitness = { read: () => 0, write() {} };

/** A file of the data directory; the supervisor's backup knows its name. */
export function fileWitness(dataDirectory: string): RestoreWitness {
  const path = join(dataDirectory, 'run-witness.json');
  return {
    read() {
      if (!existsSync(path)) return null;
      const { ticks }: { ticks?: unknown } = JSON.parse(readFileSync(path, 'utf8'));
      return typeof ticks === 'number' ? ticks : null;
    },
    write(ticks) {
      writeFileSync(`${path}.new`, `${JSON.stringify({ ticks })}\n`, { mode: 0o600, flush: true });
      renameSync(`${path}.new`, path);
    },
  };
}
