import { appendFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

/** One figure against its peer, both measured in this run. */
export interface Result {
  readonly metric: string;
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly unit: string;
  readonly goal: string;
  readonly met: boolean;
}

/** Prints each result as one JSON line, last of all output, and appends it to RESULTS.md with date and machine. */
export function recordResults(benchmark: string, results: readonly Result[]): void {
  const file = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}; load average of the last 15 minutes ${(loadavg()[2] ?? 0).toFixed(1)}`;
  const lines = results.map((result) => JSON.stringify(result));
  appendFileSync(
    file,
    `\n## ${benchmark}, ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC\n\n${machine}\n\n    ${lines.join('\n    ')}\n`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}
