import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly memoryBytes: number;
}

/**
 * Memory of a process and all its descendants. On Linux the proportional set size, which counts a page shared by n
 * processes once in all (proc(5), smaps_rollup); elsewhere the resident set size, which counts it n times.
 */
export function memoryOfTree(root: number): number {
  const processes = process.platform === 'linux' ? linuxProcesses() : posixProcesses();
  const sumFrom = (pid: number): number =>
    processes
      .filter((one) => one.parent === pid)
      .reduce((sum, one) => sum + one.memoryBytes + sumFrom(one.pid), 0);
  const own = processes.find((one) => one.pid === root)?.memoryBytes ?? 0;
  return own + sumFrom(root);
}

function linuxProcesses(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
        const rollup = readFileSync(`/proc/${name}/smaps_rollup`, 'utf8');
        const kilobytes = Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
        return [{ pid: Number(name), parent: Number(stat[1]), memoryBytes: kilobytes * 1024 }];
      } catch {
        // It ended meanwhile, or belongs to somebody else: not ours to count.
        return [];
      }
    });
}

function posixProcesses(): readonly Process[] {
  const listing = execFileSync('ps', ['-axo', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  return listing
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, kilobytes = 0]) => ({ pid, parent, memoryBytes: kilobytes * 1024 }));
}
