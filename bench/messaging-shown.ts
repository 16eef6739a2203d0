import { measureShown } from './messaging/measure-shown.ts';
import { startLocalPostgres } from './pin-network/local-postgres.ts';
import { recordResults } from './record-results.ts';

// The part of `messaging` that needs browsers, alone.
const postgres = await startLocalPostgres();
if (postgres === null) throw new Error('it needs PostgreSQL, for the messages of others');
try {
  recordResults('messaging, shown in another browser', await measureShown(postgres));
} finally {
  await postgres.stop();
}
