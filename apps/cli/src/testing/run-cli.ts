import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { bundlePrograms } from '@hexkey/testing';

/** What the program left behind. */
export interface Run {
  readonly args: readonly string[];
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
  /** The one JSON document of --json. @throws {Error} it printed something else */
  json(): never;
}

/** Lines of standard input; some are only known once the program has done something. */
export type Input = readonly string[] | AsyncIterable<string>;

let bundle: Promise<readonly [string]> | undefined;

/** The real program as a process of its own, with nothing of this one's environment but the path. */
export async function runCli(
  args: readonly string[],
  {
    env,
    input,
    onNote = () => undefined,
    onStart = () => undefined,
  }: {
    env: Readonly<Record<string, string>>;
    input: Input;
    /** Told what the program writes to standard error, as it comes. */
    onNote?: (text: string) => void;
    /** Given what ends the program as `kill -9` does, and resolves when it is gone. */
    onStart?: (kill: () => Promise<void>) => void;
  },
): Promise<Run> {
  bundle ??= bundlePrograms(['apps/cli/src/main.ts']);
  const [program] = await bundle;
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: 'pipe',
  });
  const ended = once(child, 'close');
  onStart(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  // A program that refuses its arguments does not wait for its input.
  child.stdin.on('error', () => undefined);
  const written = (async () => {
    for await (const line of input) child.stdin.write(`${line}\n`);
    child.stdin.end();
  })();
  child.stderr.on('data', (chunk: Buffer) => onNote(chunk.toString()));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  await written;
  const json = () => {
    if (output === '') throw new Error(`${args.join(' ')}: exit code ${code}\n${errors}`);
    return JSON.parse(output) as never;
  };
  return { args, code, output, errors, json };
}
