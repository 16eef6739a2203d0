import { randomFillSync } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { adminSocketName } from '@hexkey/contract';
import { type Clock, MalformedError, type Random } from '@hexkey/protocol';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { folderBlobs } from './attachments/folder-blobs.ts';
import { ConfigError, mayUseOutbox, readConfig } from './config.ts';
import { DirectoryInUseError } from './database/directory-lock.ts';
import { embeddedFolder, openEmbedded, openPostgres } from './database/open-database.ts';
import { sayIfUnreachable, UnreachableDatabaseError } from './database/unreachable-database.ts';
import { initServerKeys, KeyFileError, publicTokenKey, readServerKeys } from './keys/server-keys.ts';
import { failoverSender } from './phone-verification/failover-sender.ts';
import { outboxSender } from './phone-verification/outbox-sender.ts';
import { framesOf } from './stack-frames.ts';
import { startApi } from './start-api.ts';

// The only wiring of the real clock, the real random source and the environment.
const clock: Clock = { now: () => Date.now() };
const random: Random = (lengthBytes) => randomFillSync(new Uint8Array(lengthBytes));

/**
 * `init --data-dir D`: makes the keys and prints, in one line of JSON, what the nodes must know of them. It also makes the
 * embedded database, because a process that has done so keeps 150 MB more for the rest of its life.
 */
async function init(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { 'data-dir': { type: 'string' } } });
  const dataDir = values['data-dir'];
  if (dataDir === undefined) throw new ConfigError('init needs --data-dir');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!process.env.DATABASE_URL && !existsSync(join(dataDir, embeddedFolder)))
    await (await openEmbedded(dataDir)).close();
  process.stdout.write(`${JSON.stringify(publicTokenKey(initServerKeys(dataDir, random)))}\n`);
}

/** unix(7): `sun_path` holds 108 bytes with the zero at its end, 104 on BSD and macOS. */
const longestSocketBytes = 103;

/** `serve`: runs until it is told to stop, or its supervisor is gone. */
async function serve(): Promise<void> {
  const { config, secrets } = readConfig(process.env);
  const log = pino({ base: { part: 'api' } });
  const keys = readServerKeys(config.dataDir);
  const isEmbedded = secrets.databaseUrl === null;
  const database =
    secrets.databaseUrl === null
      ? await openEmbedded(config.dataDir)
      : openPostgres(secrets.databaseUrl.reveal(), ({ name }) =>
          log.warn({ name }, 'a database connection broke'),
        );
  if (isEmbedded) log.warn('embedded database: for trying out; set DATABASE_URL for real use');
  const sms =
    secrets.outbox !== null && mayUseOutbox(config.publicUrl)
      ? failoverSender(
          [{ name: 'outbox', sender: outboxSender(secrets.outbox.url, secrets.outbox.token) }],
          (provider, reason) => log.warn({ provider, reason }, 'an SMS provider failed'),
        )
      : null;
  if (sms === null) log.warn('no SMS provider: phone sign-up answers 10003');
  const adminSocket = join(config.dataDir, adminSocketName);
  const hasAdmin = Buffer.byteLength(adminSocket) <= longestSocketBytes;
  if (!hasAdmin)
    log.warn('the path of the data directory is too long for a socket: hexkey-admin cannot be used');
  const api = await startApi(
    { ...config, ...(hasAdmin && { adminSocket }) },
    { clock, random, keys, sms, database, blobs: folderBlobs(join(config.dataDir, 'attachments')), log },
  ).catch(async (error) => {
    await database.close();
    throw isEmbedded ? error : sayIfUnreachable(error);
  });
  log.info({ url: api.url }, 'listening');
  const grace = closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    if (err !== undefined) log.error({ name: err.name, frames: framesOf(err) }, 'stopping after an error');
    await api.close();
  });
  process.once('disconnect', () => void grace.close());
}

/** Faults of the installation, which one line explains; anything else is a bug and keeps its stack. */
function isForTheOperator(error: unknown): error is Error {
  const kinds = [ConfigError, DirectoryInUseError, KeyFileError, MalformedError, UnreachableDatabaseError];
  const { code } = error as NodeJS.ErrnoException;
  return kinds.some((kind) => error instanceof kind) || code === 'EADDRINUSE' || code === 'EACCES';
}

const [command, ...args] = process.argv.slice(2);
try {
  if (command === 'init') await init(args);
  else if (command === 'serve') await serve();
  else throw new ConfigError('usage: main.ts init --data-dir DIR | serve');
} catch (error) {
  if (!isForTheOperator(error)) throw error;
  process.stderr.write(`hexkey api: ${error.message}\n`);
  process.exitCode = 1;
}
