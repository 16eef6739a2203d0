import type { Random } from '@hexkey/protocol';
import { type FixedClock, fixedClock, seededRandom } from '@hexkey/testing';
import { pino } from 'pino';
import type { OpenDatabase } from '../database/open-database.ts';
import { newServerKeys } from '../keys/server-keys.ts';
import { SmsFailedError, type SmsMessage } from '../phone-verification/sms-sender.ts';
import { type RunningApi, startApi } from '../start-api.ts';
import { openTestDatabase } from './test-database.ts';
import { testNodeSet } from './test-node-set.ts';

export interface TestApi extends RunningApi {
  readonly clock: FixedClock;
  readonly random: Random;
  readonly database: OpenDatabase;
  /** Every SMS that was "sent", oldest first. */
  readonly sent: SmsMessage[];
  /** Every log line. */
  readonly logged: string[];
  /** Makes the SMS provider refuse. */
  failSms(fails: boolean): void;
}

/** The whole API in this process: real HTTP and database, with time, randomness and SMS in the test's hands. */
export async function startTestApi(options: { readonly withSms?: boolean } = {}): Promise<TestApi> {
  const clock = fixedClock('2030-01-01T00:00:00Z');
  const random = seededRandom('api');
  const sent: SmsMessage[] = [];
  const logged: string[] = [];
  let fails = false;
  const sms = {
    async send(message: SmsMessage) {
      if (fails) throw new SmsFailedError('refused');
      sent.push(message);
    },
  };
  const database = await openTestDatabase();
  const api = await startApi(
    {
      ...testNodeSet,
      host: '127.0.0.1',
      port: 0,
      minimumClientVersion: '0.1.0',
      proofOfWorkBits: 4,
      trustProxy: true,
    },
    {
      clock,
      random,
      keys: newServerKeys(random),
      sms: options.withSms === false ? null : sms,
      database,
      log: pino({ level: 'info' }, { write: (line) => void logged.push(line) }),
    },
  );
  const failSms = (value: boolean) => {
    fails = value;
  };
  return { ...api, clock, random, database, sent, logged, failSms };
}
