import type { SourceChange } from '@hexkey/testing';
import { attackOnly, changesUnder, lostAt, type Schedule } from './schedule.ts';

const sqlite = 'apps/pin-node/src/records/sqlite-store.ts';

export interface BrokenGuard {
  readonly changes: readonly SourceChange[];
  /** For 2 of 3 nodes; where a race decides it is repeated on further accounts. */
  readonly schedule: Schedule;
}

/** Guards of the real code, each broken by changes of its source on the way into the bundle. */
export const brokenGuards: Readonly<Record<string, BrokenGuard>> = {
  'the node evaluates without waiting for its write': {
    changes: [
      {
        file: 'apps/pin-node/src/records/change-record.ts',
        find: 'if (await deps.store.replace(',
        replaceBy: 'if (deps.store.replace(',
      },
    ],
    schedule: attackOnly,
  },
  'the store writes over what a rival wrote': {
    changes: [
      {
        file: sqlite,
        find: 'where record_id = ? and revision = ?',
        replaceBy: 'where record_id = ? and ? > 0',
      },
      // A second guard behind the first: two log entries of one number do not fit into the table.
      {
        file: sqlite,
        find: 'insert into attempt_entries',
        replaceBy: 'insert or replace into attempt_entries',
      },
    ],
    schedule: attackOnly,
  },
  'the client commits what fewer than t nodes hold': {
    changes: [
      {
        file: 'packages/sdk/src/pin/stage-record.ts',
        find: 'if (staging.tags.size < threshold)',
        replaceBy: 'if (staging.tags.size < 1)',
      },
      {
        file: 'packages/sdk/src/pin/commit-record.ts',
        find: 'if (reachable < threshold)',
        replaceBy: 'if (reachable < 1)',
      },
    ],
    // One such change leaves the old PIN at t nodes; it takes two.
    schedule: changesUnder([
      { lostRequests: lostAt('Stage', [1, 2]) },
      { lostRequests: lostAt('Stage', [0, 2]) },
    ]),
  },
  'the client does not settle a change': {
    changes: [
      {
        file: 'packages/sdk/src/account/settle-pin.ts',
        find: 'if (!recovered.contested) {',
        replaceBy: 'return changeEnded(client, account, secret);\n  if (!recovered.contested) {',
      },
    ],
    schedule: changesUnder([{ lostRequests: lostAt('Commit', [1, 2]) }]),
  },
  'the server is told of a change after the nodes': {
    changes: [
      {
        file: 'packages/sdk/src/account/replace-pin.ts',
        find: 'const caller = callerOf(client, account);',
        replaceBy: 'await commitRecord(channel, record);\n  const caller = callerOf(client, account);',
      },
    ],
    schedule: changesUnder([{ kill: { kind: 'Commit', nth: 3, when: 'after' } }], false),
  },
};
