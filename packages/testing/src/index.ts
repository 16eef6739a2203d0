export type { Browser, BrowserContext, JSHandle, Page } from 'playwright-core';
export {
  bundlePrograms,
  type SourceChange,
  type StartedProgram,
  snapshotProgram,
} from './bundle-programs.ts';
export { findChromium, launchChromium, launchChromiumProfile } from './chromium.ts';
export { type FixedClock, fixedClock } from './fixed-clock.ts';
export { freePort, freePorts } from './free-ports.ts';
export { type PostgresServer, startPostgres } from './postgres/postgres-server.ts';
export {
  createPostgresDatabase,
  type PostgresDatabase,
  type PostgresTemplate,
  postgresOfTests,
} from './postgres/test-postgres.ts';
export { seededRandom } from './seeded-random.ts';
export {
  createAssociated,
  littleEndian,
  memo,
  solanaMessage,
  solanaPrograms,
  solTransfer,
  type TestInstruction,
  tokenTransfer,
  unitLimit,
  unitPrice,
} from './solana-message.ts';
