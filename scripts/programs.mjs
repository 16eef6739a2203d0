import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';

/**
 * Runs programs of a test run, several at a time. What a program prints appears at once, each line after its name, so that
 * it stays clear who says what.
 *
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, say: (line: string) => void }} deps
 */
export function programs({ cwd, env = process.env, say }) {
  const running = new Set();
  let isStopped = false;
  return {
    /**
     * @param {string} name before each line
     * @param {readonly [string, ...string[]]} command
     * @param {{ hear?: (line: string) => void, niceness?: number }} [options] `hear` is told each line too, without the name; what is
     *   nicer than 0, to 19, and all that it starts, gets less of a busy machine
     * @returns {Promise<boolean>} whether it ended well
     */
    async run(name, [program, ...args], { hear = () => {}, niceness = 0 } = {}) {
      if (isStopped) return false;
      const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
      running.add(child);
      // What could not be started has no id.
      if (niceness > 0 && child.pid !== undefined) setPriority(child.pid, niceness);
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', (line) => {
          say(`${name} │ ${line}`);
          hear(line);
        });
      return new Promise((resolve) => {
        child.on('error', (error) => {
          running.delete(child);
          say(`${name} │ cannot be started: ${error.message}`);
          resolve(false);
        });
        child.on('close', (code, signal) => {
          running.delete(child);
          if (signal !== null && !isStopped) say(`${name} │ was ended by ${signal}`);
          resolve(code === 0);
        });
      });
    },
    /** Passes a signal on to all that run, and starts no more. @param {NodeJS.Signals} signal */
    stop(signal) {
      isStopped = true;
      for (const child of running) child.kill(signal);
    },
  };
}
