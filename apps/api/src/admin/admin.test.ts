import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminCommands } from '@hexkey/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerByWords } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let directory: string;
let socketPath: string;
let api: TestApi;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'hexkey-admin-'));
  socketPath = join(directory, 'admin.sock');
  api = await startTestApi({ adminSocket: socketPath });
});
afterAll(async () => {
  await api.close();
  rmSync(directory, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

function ask(command: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const sent = { 'content-type': 'application/json', ...headers };
    const call = request({ socketPath, method: 'POST', path: `/${command}`, headers: sent }, (response) => {
      let answer = '';
      response.on('data', (part) => {
        answer += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) }));
    });
    call.on('error', reject);
    call.end(text);
  });
}
const by = (input: unknown, operator = 'ada') => ({ operator, input });
const actions = () => api.deps.stores.adminActions.list(1000);

test('only the user of the server can open the socket, and its folder', () => {
  expect(statSync(socketPath).mode & 0o777).toBe(0o600);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test('nothing of it is on the port that clients use', async () => {
  for (const command of Object.keys(adminCommands))
    for (const path of [`/${command}`, `/api/${command}`, `/api/v1/admin/${command}`]) {
      const answer = await fetch(`${api.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(by({})),
      });
      expect(answer.status, path).toBe(404);
    }
});

test.each(['forwarded', 'via', 'origin', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'])(
  'what comes through a proxy or from a page (%s) is refused and does nothing',
  async (header) => {
    const before = await actions();
    const answer = await ask('listLimits', by({}), { [header]: 'https://hexkey.example' });
    expect(answer).toMatchObject({ status: 403, body: { name: 'Forbidden' } });
    expect(await actions()).toEqual(before);
  },
);

test('a request that does not fit is refused and does nothing', async () => {
  const before = await actions();
  for (const body of [
    {},
    { input: {} },
    by({}, ''),
    by({}, 'two words'),
    by({ extra: 1 }),
    { ...by({}), extra: 1 },
  ])
    expect((await ask('listLimits', body)).body).toMatchObject({ name: 'InvalidField' });
  expect((await ask('showUser', by({ hexkeyId: 'x' }))).body).toMatchObject({ name: 'InvalidField' });
  expect((await ask('toString', by({}))).body).toMatchObject({ name: 'NotFound' });
  expect(await actions()).toEqual(before);
});

test('a user is shown by Hexkey ID: no name, no number, no key, no content', async () => {
  const person = await registerByWords(api);
  await person.device.call('updateProfile', {
    as: { sessionId: person.session.sessionId },
    body: { name: 'Ada' },
  });
  const hexkeyId = await api.hexkeyIdOf(person.session.accountId);
  const { body } = await ask('showUser', by({ hexkeyId }));
  expect(body).toEqual({
    hexkeyId,
    accountId: person.session.accountId,
    registeredWith: 'words',
    createdAtMs: api.clock.now(),
    pinState: 'unset',
    pinUpgrade: null,
    hasPhone: false,
    hasBackedUpWords: false,
    devices: 1,
    deletedAtMs: null,
  });
  expect((await ask('showUser', by({ hexkeyId: '1234567890' }))).body).toMatchObject({ name: 'NotFound' });
});

test('a limit that guards a secret is never cleared; one that only slows down is', async () => {
  const person = await registerByWords(api);
  const hexkeyId = await api.hexkeyIdOf(person.session.accountId);
  await person.device.call('findPerson', {
    as: { sessionId: person.session.sessionId },
    query: 'hexkeyId=1234567890',
  });
  const { limits } = (await ask('showUserLimits', by({ hexkeyId }))).body as {
    limits: { name: string; mayBeCleared: boolean }[];
  };
  expect(limits.find(({ name }) => name === 'personLookupsPerAccount')?.mayBeCleared).toBe(true);
  for (const limit of [
    'contactLoginCodesPerAccount',
    'contactLoginIdsPerAccount',
    'contactCodesPerAccount',
    'nothing',
  ]) {
    const answer = await ask('clearUserLimit', by({ hexkeyId, limit }));
    expect(answer.body, limit).toMatchObject({ name: 'InvalidField' });
  }
  expect((await ask('clearUserLimit', by({ hexkeyId, limit: 'personLookupsPerAccount' }))).body).toEqual({
    done: true,
  });
});

test('everything done or refused is written down with who, what and when, and never what was said', async () => {
  await ask(
    'answerTicket',
    by(
      {
        ticketNumber: '12345678',
        messageId: '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
        text: 'a text for one person',
      },
      'grace',
    ),
  );
  await ask('listJobs', by({}, 'grace'));
  const [jobs, answered] = await actions();
  expect(jobs).toMatchObject({ operator: 'grace', command: 'listJobs', subject: null, outcome: 'done' });
  expect(answered).toMatchObject({
    operator: 'grace',
    command: 'answerTicket',
    subject: '12345678',
    outcome: 'NotFound',
    at_ms: api.clock.now(),
  });
  expect(JSON.stringify(await actions())).not.toContain('a text for one person');
});

test('nobody changes or removes what is written down, not even over the database', async () => {
  await ask('listJobs', by({}));
  const before = await actions();
  for (const statement of [
    sql`update admin_actions set operator = 'nobody'`,
    sql`delete from admin_actions`,
    sql`truncate admin_actions`,
  ])
    await expect(statement.execute(api.database.db)).rejects.toThrow('only added');
  expect(await actions()).toEqual(before);
});

test('a second server does not take the socket from one that runs', async () => {
  await expect(startTestApi({ beside: api, adminSocket: socketPath })).rejects.toThrow('admin socket');
  expect((await ask('listJobs', by({}))).status).toBe(200);
});

test('node sets and jobs are shown as they are', async () => {
  const { body } = await ask('showNodeSets', by({}));
  expect(body).toMatchObject({ nodeSets: [{ epoch: 1, isCurrent: true }] });
  const jobs = [
    // Every five seconds by the real clock: how often it ran by now nobody knows.
    { name: 'push', everyMs: 5000, lastFailure: null },
    ...['deletion', 'sweep', 'attachments'].map((name) => ({
      ...{ name, everyMs: 600_000, runs: 0 },
      lastFailure: null,
    })),
  ];
  expect((await ask('listJobs', by({}))).body).toMatchObject({ jobs });
});
