import { DomainError, problemOf } from '@hexkey/contract';
import { parseArguments } from './arguments.ts';
import type { Report } from './command.ts';
import { helpText } from './help.ts';
import { InterruptedError } from './hidden-input.ts';
import { openClient } from './profile/open-client.ts';
import { openClientOffServer } from './profile/open-client-off-server.ts';
import { openProfileFolder, settingsPathOf } from './profile/profile-folder.ts';
import { readProfileSettings } from './profile/profile-settings.ts';
import { knownOperator } from './profile/trust-operator.ts';
import { sayRefusal } from './say-refusal.ts';
import { createTerminal, type Streams } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** 0, 1 and 2 are what --help says; 70 is `EX_SOFTWARE` of sysexits(3); 130 is what a shell gives for Ctrl-C. */
type ExitCode = 0 | 1 | 2 | 70 | 130;

export interface Surroundings {
  readonly streams: Streams;
  readonly env: NodeJS.ProcessEnv;
  readonly hostName: string;
}

/** One run of the program. @param args what follows its name */
export async function runHexkey(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const isJson = args.includes('--json');
  const terminal = createTerminal(around.streams, args.includes('--pin-stdin'));
  const bugs: unknown[] = [];
  try {
    const report = await reportOf(args, around, terminal, (bug) => bugs.push(bug));
    if (isJson) terminal.print(JSON.stringify(report.value));
    else for (const line of report.lines) terminal.print(line);
    if (bugs.length > 0) throw bugs[0];
    return report.isBad === true ? 1 : 0;
  } catch (error) {
    if (error instanceof InterruptedError) return 130;
    if (error instanceof DomainError) {
      const { name, code, details } = problemOf(error);
      if (isJson) terminal.print(JSON.stringify({ error: { name, code, details } }));
      for (const line of sayRefusal(error)) terminal.note(line);
      return 1;
    }
    if (error instanceof UsageError) {
      if (isJson) terminal.print(JSON.stringify({ error: { name: error.name, problem: error.message } }));
      terminal.note(error.message);
      return 2;
    }
    for (const line of sayBug(error)) terminal.note(line);
    return 70;
  }
}

async function reportOf(
  args: readonly string[],
  { env, hostName }: Surroundings,
  terminal: ReturnType<typeof createTerminal>,
  reportBug: (error: unknown) => void,
): Promise<Report> {
  const { command, parameters, options } = parseArguments(args);
  if (options.version === true) return { value: { version }, lines: [version] };
  if (command === null || options.help === true) {
    const lines = helpText(command);
    return { value: { help: lines }, lines };
  }
  if (command.runOffline !== undefined)
    return command.runOffline({
      parameters,
      operatorKey: () => knownOperator(options, readProfileSettings(settingsPathOf(options, env))),
    });
  if (command.runAlone !== undefined) return command.runAlone({ terminal, parameters, options });
  const profile = openProfileFolder(options, env);
  try {
    const given = { terminal, options, hostName };
    const isOffServer = command.withoutServer === true || options['without-server'] === true;
    const hexkey = isOffServer
      ? openClientOffServer(profile, given, reportBug)
      : await openClient(profile, given, reportBug);
    try {
      // Whether the login still counts is the server's word, and it is not asked.
      if (!isOffServer) await hexkey.start();
      if (command.run === undefined) throw new Error('a command that does nothing');
      return await command.run({ hexkey, terminal, parameters, options });
    } finally {
      // Late nodes are still told of a right PIN; the process would end before.
      await hexkey.settled();
    }
  } finally {
    profile.release();
  }
}

/** Where it happened, not what with: the message of an unexpected error may hold anything. */
function sayBug(error: unknown): readonly string[] {
  const frames =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return [
    `This is a bug (${error instanceof Error ? error.name : typeof error}). Please report it with these lines:`,
    ...frames,
  ];
}
