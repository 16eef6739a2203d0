import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second whatever the machine (proc(5), sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

/** User and system time of a process, its children that live, and its children that have ended. Linux only. */
export function cpuSecondsOfFamily(pid: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    const stat = /^[0-9]+$/.test(name) ? readStat(name) : null;
    if (stat === null || (Number(name) !== pid && stat.parent !== pid)) continue;
    ticks += stat.ownTicks + (Number(name) === pid ? stat.endedChildrenTicks : 0);
  }
  return ticks / ticksPerSecond;
}

/** Null when the process has ended. */
function readStat(
  pid: string,
): { readonly parent: number; readonly ownTicks: number; readonly endedChildrenTicks: number } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // After the name in parentheses: state, parent (field 4), …, utime, stime, cutime, cstime (fields 14 to 17).
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (field: number) => fields[field - 3] ?? 0;
  return { parent: at(4), ownTicks: at(14) + at(15), endedChildrenTicks: at(16) + at(17) };
}
