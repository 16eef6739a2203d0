import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { LockHeldError } from '@hexkey/process-lock';
import type { Random } from '@hexkey/protocol';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import { faucetSigners } from './faucet/faucet.ts';
import { testToken } from './faucet/test-token.ts';
import { openDevnetKeys } from './keys/devnet-keys.ts';
import { systemTimer } from './slots/slot-signal.ts';
import { startDevnet } from './start-devnet.ts';

const usage = `usage: main.ts init --data-dir DIR   (makes the keys, prints public facts)
       main.ts serve                    (settings: HEXKEY_DEVNET_*, docs/protocol/devnet.md)`;
const random: Random = (lengthBytes) => Uint8Array.from(randomBytes(lengthBytes));

async function init(dataFolder: string): Promise<void> {
  const { mint, faucet } = await faucetSigners(openDevnetKeys(dataFolder, random));
  const facts = { faucet: faucet.address, testToken: { mint: mint.address, ...testToken } };
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}

async function serve(): Promise<void> {
  const log = pino({ base: { part: 'devnet' } });
  const devnet = await startDevnet(readConfig(process.env), {
    clock: Date,
    timer: systemTimer,
    random,
    // Where it happened, without the message: a library's message may quote its input.
    onBug: (error) =>
      log.error(
        { error: error instanceof Error ? error.name : typeof error, stack: placeOf(error) },
        'failed',
      ),
  });
  log.info({ port: devnet.port, mint: devnet.mint }, 'listening');
  closeWithGrace({ delay: 3000, logger: false }, async ({ err }) => {
    if (err) log.error({ error: err.name, stack: placeOf(err) }, 'unexpected failure');
    await devnet.stop();
  });
}

function placeOf(error: unknown): string | null {
  if (!(error instanceof Error) || error.stack === undefined) return null;
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' } },
  });
  const [command, ...rest] = positionals;
  const folder = values['data-dir'];
  if (command === 'init' && folder !== undefined && rest.length === 0) await init(folder);
  else if (command === 'serve' && rest.length === 0) await serve();
  else throw new ConfigError(usage);
} catch (error) {
  const isExpected =
    error instanceof ConfigError ||
    error instanceof LockHeldError ||
    (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');
  process.stderr.write(`devnet: ${isExpected ? (error as Error).message : (error as Error).stack}\n`);
  process.exit(1);
}
