import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { approveSet } from './approve-set.ts';
import { confirmClock } from './clock/confirm-clock.ts';
import { readNodeConfig, readStoreSettings } from './config.ts';
import { initNodeKeys, readNodeIdentity } from './keys/node-keys.ts';
import { openStore } from './records/open-store.ts';
import { serve, systemClock, systemRandom } from './serve.ts';
import { StartRefusal } from './start-refusal.ts';

const usage = `usage: main.ts init --data-dir DIR
       main.ts serve                         (settings: HEXKEY_NODE_*, docs/protocol/pin-node.md)
       main.ts serve-many FILE               (a JSON array of such settings)
       main.ts confirm-clock --data-dir DIR
       main.ts approve-set FILE --data-dir DIR   (prints this node's word that owners may move to that set)`;

const takesFile = ['serve-many', 'approve-set'];

async function run(argv: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' } },
  });
  const [command, file, ...rest] = positionals;
  const dataDirectory = values['data-dir'];
  if (rest.length > 0 || (file !== undefined && !takesFile.includes(command ?? '')))
    throw new StartRefusal(usage);

  if (command === 'serve') return serve([readNodeConfig(process.env)]);
  if (command === 'serve-many' && file !== undefined) return serve(readMany(file));
  if (command === 'init' && dataDirectory !== undefined)
    return print(JSON.stringify(initNodeKeys(dataDirectory, systemRandom)));
  if (command === 'confirm-clock' && dataDirectory !== undefined) {
    const { realmId } = readNodeIdentity(dataDirectory);
    const store = await openStore(readStoreSettings(process.env, dataDirectory, realmId), () => undefined);
    const confirmed = await confirmClock(store, systemClock);
    await store.close();
    return print(
      confirmed
        ? 'Confirmed: windows and locks restart now.'
        : 'The clock was not stopped; nothing was changed.',
    );
  }
  if (command === 'approve-set' && file !== undefined && dataDirectory !== undefined) {
    const { approval, summary } = approveSet(process.env, file, dataDirectory);
    process.stderr.write(`${summary}\n`);
    return print(JSON.stringify(approval));
  }
  throw new StartRefusal(usage);
}

/** Settings that a file leaves out come from the environment of this process. */
function readMany(file: string): ReturnType<typeof readNodeConfig>[] {
  const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(list) || list.length === 0) throw new StartRefusal(`${file} is not a list of nodes`);
  return list.map((env: Record<string, string>) => readNodeConfig({ ...process.env, ...env }));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const expected =
    error instanceof StartRefusal ||
    (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');
  process.stderr.write(
    `pin-node: ${expected || !(error instanceof Error) ? String((error as Error).message) : error.stack}\n`,
  );
  process.exit(1);
}
