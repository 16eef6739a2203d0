import { randomBytes } from 'node:crypto';
import { backUp } from './backup.ts';
import { changeNodes } from './change-nodes.ts';
import { nodeCountOf, readConfig } from './config.ts';
import { StartError } from './start-error.ts';
import { supervise } from './supervise.ts';
import { terminalOn } from './terminal/terminal.ts';

const usage = 'Usage: npm start | npm run dev | npm run backup -- FOLDER | npm run change-nodes -- --count N';

async function main([command, target, value]: readonly string[]): Promise<void> {
  const config = readConfig(process.env, process.stdout.isTTY === true);
  const terminal = terminalOn((text) => process.stdout.write(text), config.colours);
  if (command === 'backup') {
    if (target === undefined) throw new StartError(usage);
    backUp(config.dataFolder, target);
    terminal.print(
      `Copied ${config.dataFolder} to ${target}. It holds the keys of every node: keep it secret.`,
    );
    return;
  }
  if (command === 'change-nodes') {
    if (target !== '--count') throw new StartError(usage);
    const { epoch, folders } = await changeNodes(config, nodeCountOf(value), {
      random: (lengthBytes) => Uint8Array.from(randomBytes(lengthBytes)),
      say: terminal.say,
      signal: stopSignal(),
    });
    terminal.print(
      `Node set ${epoch} is signed and approved: ${folders.length} nodes, in ${folders.join(', ')}.`,
    );
    terminal.print(
      'npm start runs them beside the others. Each owner moves with the PIN, under Security, PIN, Nodes.',
    );
    return;
  }
  if (command !== 'start' && command !== 'dev') throw new StartError(usage);
  await supervise(config, command === 'dev', {
    clock: Date,
    random: (lengthBytes) => Uint8Array.from(randomBytes(lengthBytes)),
    terminal,
    signal: stopSignal(),
  });
}

/** Aborts at the first Ctrl-C, `kill`, or closed terminal; a second one ends at once, and the parts with it. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(1);
    stop.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return stop.signal;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof Error && error.name === 'AbortError') process.exitCode = 130;
  else {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
