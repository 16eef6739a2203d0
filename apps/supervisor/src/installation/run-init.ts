import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { StartError } from '../start-error.ts';

/**
 * Runs a part's `init` and reads the one JSON line it prints: public keys only.
 * @throws {StartError} it failed; what it said on its error output has been shown
 */
export async function runInit<Answer>(
  name: string,
  args: readonly string[],
  { env, signal }: { env: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<Answer> {
  const child = spawn(process.execPath, args, { env, signal, stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const line = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || !line.startsWith('{'))
    throw new StartError(`${name} could not be made: its init ended with ${code}`);
  return JSON.parse(line) as Answer;
}
