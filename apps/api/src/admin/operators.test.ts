import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminCommands, operatorChallengePath } from '@hexkey/contract';
import {
  formatOperatorHeader,
  fromBase64url,
  type KeyPair,
  keyPairOfSeed,
  operatorStatement,
  Secret,
  signEd25519,
  toBase64url,
  utf8,
} from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweep } from '../database/sweep.ts';
import { registerByWords } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let directory: string;
let socketPath: string;
let api: TestApi;
let ada: KeyPair;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'hexkey-operators-'));
  socketPath = join(directory, 'admin.sock');
  api = await startTestApi({ adminSocket: socketPath });
  ada = newKey();
  expect(await local('addOperator', { name: 'ada', publicKey: toBase64url(ada.publicKey) })).toEqual(done);
});
afterAll(async () => {
  await api.close();
  rmSync(directory, { recursive: true });
});

const done = { status: 200, body: { done: true } };
const newKey = () => keyPairOfSeed(new Secret(api.random(32)));
const actions = () => api.deps.stores.adminActions.list(1000);
const used = () => api.database.db.selectFrom('used_operator_challenges').selectAll().execute();
const refusal = (reason: string) => ({
  status: 403,
  body: { name: 'OperatorNotAdmitted', code: 20226, details: { reason } },
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Over the local socket, as the operating system's user `root`. */
function local(command: string, input: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const call = request({ socketPath, method: 'POST', path: `/${command}`, headers }, async (response) => {
      let text = '';
      for await (const part of response) text += part;
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
    });
    call.on('error', reject);
    call.end(JSON.stringify({ operator: 'root', input }));
  });
}

async function post(path: string, body: string, headers: object = {}, to = api): Promise<Answer> {
  const answer = await fetch(`${to.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'hexkey-client': 'admin/0.1.0', ...headers },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

async function challenge(of = api): Promise<Uint8Array> {
  const { body } = await post(operatorChallengePath, '{}', {}, of);
  return fromBase64url(body.challenge as string);
}

interface Signed {
  readonly key?: KeyPair;
  readonly challenge: Uint8Array;
  readonly command?: string;
  readonly body?: string;
  readonly origin?: string;
}

/** The header over what is given; by default that of `listJobs` with nothing, at this server, by Ada. */
const signed = ({ key = ada, command = 'listJobs', body = '{}', origin = api.url, ...rest }: Signed) => ({
  'hexkey-operator': formatOperatorHeader({
    publicKey: key.publicKey,
    challenge: rest.challenge,
    signature: signEd25519(
      key,
      operatorStatement({ origin, challenge: rest.challenge, command, body: utf8(body) }),
    ),
  }),
});
const commandPath = (command: string) => `/api/v1/operator/commands/${command}`;

/** A command as `hexkey-admin` sends it. */
async function ask(command: string, input: unknown, key = ada): Promise<Answer> {
  const body = JSON.stringify(input);
  return post(commandPath(command), body, signed({ key, command, body, challenge: await challenge() }));
}

test('a named key asks over the network, and the trail names it and its holder', async () => {
  const person = await registerByWords(api);
  const hexkeyId = await api.hexkeyIdOf(person.session.accountId);
  expect(await ask('showUser', { hexkeyId })).toMatchObject({ status: 200, body: { hexkeyId } });
  expect(await ask('showUser', { hexkeyId: '1234567890' })).toMatchObject({ status: 404 });
  await local('listJobs', {});
  const [byRoot, refused, shown] = await actions();
  expect(byRoot).toMatchObject({ operator: 'root', signed_by: null, command: 'listJobs' });
  const byAda = { operator: 'ada', command: 'showUser' };
  expect(refused).toMatchObject({ ...byAda, subject: '1234567890', outcome: 'NotFound' });
  expect(shown).toMatchObject({ ...byAda, subject: hexkeyId, outcome: 'done' });
  // Bytes are a Buffer where a real PostgreSQL answers.
  for (const action of [refused, shown])
    expect(Uint8Array.from(action?.signed_by ?? [])).toEqual(Uint8Array.from(ada.publicKey));
  expect((await local('listActions', { max: 3 })).body.actions).toMatchObject([
    { command: 'listActions', operator: 'root', signedBy: null },
    { command: 'listJobs', operator: 'root', signedBy: null },
    { command: 'showUser', operator: 'ada', signedBy: toBase64url(ada.publicKey) },
  ]);
});

test('a challenge serves once, also after a command that was refused, and at one of two servers that are asked at once', async () => {
  const header = signed({ challenge: await challenge() });
  expect((await post(commandPath('listJobs'), '{}', header)).status).toBe(200);
  const before = await actions();
  expect(await post(commandPath('listJobs'), '{}', header)).toMatchObject(refusal('challenge'));
  expect(await actions()).toEqual(before);

  const unknown = '{"hexkeyId":"1234567890"}';
  const again = signed({ command: 'showUser', body: unknown, challenge: await challenge() });
  expect((await post(commandPath('showUser'), unknown, again)).status).toBe(404);
  expect(await post(commandPath('showUser'), unknown, again)).toMatchObject(refusal('challenge'));

  const other = await startTestApi({ beside: api });
  try {
    // Any server of the installation takes what another one gave out; each is reached at its own address here.
    const given = await challenge(other);
    const answers = await Promise.all(
      [api, other].map((to) =>
        post(commandPath('listJobs'), '{}', signed({ challenge: given, origin: to.url }), to),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  } finally {
    await other.close();
  }
});

test('another body, command or installation than was signed is refused, and spoils nothing', async () => {
  const given = await challenge();
  const right = signed({ command: 'listTickets', body: '{"state":"open"}', challenge: given });
  const before = await actions();
  const wrong: [string, string, object][] = [
    ['listTickets', '{"state":"closed"}', right],
    ['listTickets', '{"state":"open"} ', right],
    ['listLimits', '{"state":"open"}', right],
    ['listTickets', '{"state":"open"}', signed({ challenge: given, command: 'listJobs' })],
    [
      'listTickets',
      '{"state":"open"}',
      signed({
        challenge: given,
        command: 'listTickets',
        body: '{"state":"open"}',
        origin: 'https://elsewhere.example',
      }),
    ],
  ];
  for (const [command, body, header] of wrong)
    expect(await post(commandPath(command), body, header), `${command} ${body}`).toMatchObject(
      refusal('signature'),
    );
  expect(await actions()).toEqual(before);
  expect((await post(commandPath('listTickets'), '{"state":"open"}', right)).status).toBe(200);
});

test('a challenge is over after a minute, and is of this server: another one’s, or one made longer, is refused', async () => {
  const late = signed({ challenge: await challenge() });
  api.clock.advance(59_999);
  const inTime = signed({ challenge: await challenge() });
  api.clock.advance(1);
  expect(await post(commandPath('listJobs'), '{}', late)).toMatchObject(refusal('challenge'));
  expect((await post(commandPath('listJobs'), '{}', inTime)).status).toBe(200);

  const longer = await challenge();
  new DataView(longer.buffer, longer.byteOffset).setBigUint64(16, BigInt(api.clock.now() + 3_600_000));
  const stranger = await startTestApi();
  const theirs = await challenge(stranger);
  await stranger.close();
  for (const forged of [longer, theirs, api.random(56)])
    expect(await post(commandPath('listJobs'), '{}', signed({ challenge: forged }))).toMatchObject(
      refusal('challenge'),
    );
});

test('a key nobody let in does nothing and leaves nothing; nor does a caller without one, whose body is not even read', async () => {
  const before = { actions: await actions(), used: await used() };
  expect(await ask('listJobs', {}, newKey())).toMatchObject(refusal('key'));
  for (let count = 0; count < 20; count += 1) await challenge();
  for (const command of Object.keys(adminCommands)) {
    expect(await post(commandPath(command), '{}'), command).toMatchObject(refusal('signature'));
    expect(await post(commandPath(command), '{}', { 'hexkey-operator': 'v1;a;b;c' })).toMatchObject(
      refusal('signature'),
    );
  }
  const long = JSON.stringify({ rows: 'x'.repeat(3_000_000) });
  const unread = await post(commandPath('importLegacy'), long).catch((error: Error) => error);
  if (!(unread instanceof Error)) expect(unread).toMatchObject(refusal('signature'));
  expect({ actions: await actions(), used: await used() }).toEqual(before);
});

test('a removed key is refused at once, with what it signed before too, and neither it nor its name comes back', async () => {
  const grace = newKey();
  const publicKey = toBase64url(grace.publicKey);
  await local('addOperator', { name: 'grace', publicKey });
  // Said twice, it is so once.
  expect(await local('addOperator', { name: 'grace', publicKey })).toEqual(done);
  const signedBefore = signed({ key: grace, challenge: await challenge() });
  expect((await ask('listJobs', {}, grace)).status).toBe(200);
  expect(await local('removeOperator', { name: 'grace' })).toEqual(done);
  const removedAtMs = api.clock.now();
  expect(await post(commandPath('listJobs'), '{}', signedBefore)).toMatchObject(refusal('key'));
  expect(await ask('listJobs', {}, grace)).toMatchObject(refusal('key'));

  api.clock.advance(1000);
  expect(await local('removeOperator', { name: 'grace' })).toEqual(done);
  for (const input of [
    { name: 'grace', publicKey },
    { name: 'grace', publicKey: toBase64url(newKey().publicKey) },
    { name: 'grace.2', publicKey },
    { name: 'ada', publicKey: toBase64url(newKey().publicKey) },
    // A point of small order: anybody could sign under it.
    { name: 'anybody', publicKey: toBase64url(Uint8Array.of(1, ...new Uint8Array(31))) },
  ])
    expect((await local('addOperator', input)).body, input.name).toMatchObject({ name: 'InvalidField' });
  expect((await local('removeOperator', { name: 'nobody' })).body).toMatchObject({ name: 'InvalidField' });
  expect((await local('listOperators', {})).body).toMatchObject({
    operators: [
      { name: 'ada', removedAtMs: null },
      { name: 'grace', publicKey, removedAtMs },
    ],
  });
});

test('a key lets nobody in and keeps nobody out: that is for the local socket, and trying is written down', async () => {
  const before = (await local('listOperators', {})).body;
  const publicKey = toBase64url(newKey().publicKey);
  expect(await ask('addOperator', { name: 'eve', publicKey })).toMatchObject(refusal('local-only'));
  expect(await ask('removeOperator', { name: 'ada' })).toMatchObject(refusal('local-only'));
  expect((await actions()).slice(0, 2)).toMatchObject([
    { operator: 'ada', command: 'removeOperator', subject: 'ada', outcome: 'OperatorNotAdmitted' },
    { operator: 'ada', command: 'addOperator', subject: 'eve', outcome: 'OperatorNotAdmitted' },
  ]);
  expect((await local('listOperators', {})).body).toEqual(before);
});

test('what was signed is remembered for as long as it could be sent again, and no longer', async () => {
  await ask('listJobs', {});
  const last = Math.max(...(await used()).map(({ expires_at_ms }) => expires_at_ms));
  await sweep(api.deps.stores, last - 1);
  expect((await used()).map(({ expires_at_ms }) => expires_at_ms)).toContain(last);
  await sweep(api.deps.stores, last);
  expect(await used()).toEqual([]);
});
