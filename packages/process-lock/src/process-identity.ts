import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Tells a process from a later one with the same number, which a container or a restarted machine soon gives again: when it
 * started. Null when there is no such process.
 */
export function processIdentity(pid: number): string | null {
  return process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
}

function startOnLinux(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null; // nobody has the number
  }
  // proc(5): field 22 is the start time since boot; the name before it is in brackets and may hold anything.
  const fields = stat.split(') ').at(-1)?.split(' ') ?? [];
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
}

function startByPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch (error) {
    // `ps` ends with 1 for a number that nobody has. A system without `ps` knows only whether somebody has it.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && isRunning(pid) ? 'running' : null;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
