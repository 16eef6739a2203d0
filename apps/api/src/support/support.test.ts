import { maxSentLogLines, type TicketView } from '@hexkey/contract';
import { fromBase64url, searchPuzzle, ticketPuzzleSubject, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { answerTicket, listTickets } from '../admin/admin-tickets.ts';
import { sweep } from '../database/sweep.ts';
import { newUuid } from '../identifiers.ts';
import { type Person, personWithPin, registerByWords } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';
import { publishKey, readMessages } from '../testing/test-socket.ts';
import { openTicket } from './open-ticket.ts';

const dayMs = 24 * 60 * 60_000;
const line = '2026-11-28T20:45:12.345Z call requestPhoneCode 20110 132ms';
let api: TestApi;
let device: ReturnType<typeof testDevice>;
beforeAll(async () => {
  api = await startTestApi();
  device = testDevice(api);
});
beforeEach(() => api.clock.advance(dayMs)); // no limit reaches from one test into the next
afterAll(() => api.close());

const newKey = () => toBase64url(api.random(32));
const newId = () => newUuid(api.random);

async function solved(ticketKey: string) {
  const {
    captchaId,
    challenge,
    proofOfWorkBits: bits,
  } = (await device.call('createCaptcha', {})).body as {
    captchaId: string;
    challenge: string;
    proofOfWorkBits: number;
  };
  const loginKey = ticketPuzzleSubject(fromBase64url(ticketKey));
  const search = searchPuzzle({ challenge: fromBase64url(challenge), loginKey, bits });
  let step = search.next();
  while (!step.done) step = search.next();
  return { captchaId, proofOfWork: toBase64url(step.value) };
}

const opening = async (ticketKey: string, text = 'I cannot log in') => ({
  ticketKey,
  captcha: await solved(ticketKey),
  locale: 'en',
  messageId: newId(),
  text,
});
async function open(ticketKey = newKey()): Promise<string> {
  const answer = await device.call('openTicket', { body: await opening(ticketKey) });
  expect(answer.status).toBe(200);
  return ticketKey;
}
const read = async (ticketKey: string) =>
  (await device.call('readTicket', { body: { ticketKey } })).body as TicketView;
const ticketIdOf = async (ticketKey: string) => {
  const { ticketNumber } = await read(ticketKey);
  const rows = api.database.db.selectFrom('support_tickets').select('id').where('number', '=', ticketNumber);
  return (await rows.executeTakeFirstOrThrow()).id;
};
const as = (person: Person) => ({ sessionId: person.session.sessionId });

test('a ticket is opened without an account, read by its key alone, and written to', async () => {
  const ticketKey = await open();
  expect(await read(ticketKey)).toMatchObject({
    state: 'open',
    isLinked: false,
    logsDeletedAtMs: null,
    messages: [{ from: 'asker', text: 'I cannot log in' }],
  });
  const more = await device.call('writeToTicket', {
    body: { ticketKey, messageId: newId(), text: 'Still not' },
  });
  expect((more.body as TicketView).messages).toHaveLength(2);
  const stranger = await device.call('readTicket', { body: { ticketKey: newKey() } });
  expect(stranger.refusal).toMatchObject({ name: 'NotFound', details: { what: 'ticket' } });
});

test('a puzzle opens one ticket, and none with another key; a refusal does not use it up', async () => {
  const body = await opening(newKey());
  const other = await device.call('openTicket', { body: { ...body, ticketKey: newKey() } });
  expect(other.refusal).toMatchObject({ name: 'CaptchaWrong' });
  expect((await device.call('openTicket', { body })).status).toBe(200);
  const again = await device.call('openTicket', { body: { ...body, ticketKey: newKey() } });
  expect(again.refusal).toMatchObject({ name: 'CaptchaWrong' });
  const late = await opening(newKey());
  api.clock.advance(5 * 60_000);
  expect((await device.call('openTicket', { body: late })).refusal).toMatchObject({ name: 'CaptchaWrong' });
});

test('whoever asks again because an answer was lost gets the same ticket, and no message twice', async () => {
  const body = await opening(newKey());
  const first = await device.call('openTicket', { body });
  const second = await device.call('openTicket', { body });
  expect(second.body).toEqual(first.body);
  const message = { ticketKey: body.ticketKey, messageId: newId(), text: 'Hello?' };
  for (const _ of [1, 2]) await device.call('writeToTicket', { body: message });
  expect((await read(body.ticketKey)).messages).toHaveLength(2);
});

test('one key, opened twice at once: both get the same ticket, whichever came first', async () => {
  const body = await opening(newKey());
  const answers = await Promise.all([1, 2].map(() => device.call('openTicket', { body })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[1]?.body).toEqual(answers[0]?.body);
  // One that looked before the other's commit: it has seen no ticket, and finds its puzzle taken, or, with another, its key.
  for (const late of [body, { ...body, captcha: await solved(body.ticketKey) }]) {
    let looks = 0;
    const { transact } = api.deps;
    const deps: Parameters<typeof openTicket>[0] = {
      ...api.deps,
      keys: api.keys,
      transact: (work) =>
        transact((stores) => {
          const supportTickets: typeof stores.supportTickets = {
            ...stores.supportTickets,
            async findByKeyHash(keyHash) {
              looks += 1;
              return looks === 1 ? null : stores.supportTickets.findByKeyHash(keyHash);
            },
          };
          return work({ ...stores, supportTickets });
        }),
    };
    const given = { ...late, locale: 'en' } as const;
    expect(await openTicket(deps, given, '192.0.2.1')).toEqual(answers[0]?.body);
  }
});

test('an address opens five tickets a day, and a ticket takes thirty messages an hour', async () => {
  const ticketKey = await open();
  for (let opened = 1; opened < 5; opened += 1) await open();
  const sixth = await device.call('openTicket', { body: await opening(newKey()) });
  expect(sixth.refusal).toMatchObject({ name: 'TooMany' });
  const say = () => device.call('writeToTicket', { body: { ticketKey, messageId: newId(), text: 'x' } });
  for (let said = 0; said < 30; said += 1) expect((await say()).status).toBe(200);
  expect((await say()).refusal).toMatchObject({ name: 'TooMany' });
});

test.each([
  ['text', ''],
  ['text', '   '],
  ['text', 'x'.repeat(2001)],
  ['ticketKey', 'short'],
  ['locale', 'fr'],
])('a %s that does not fit is refused and nothing is opened', async (field, value) => {
  const count = async () =>
    (await api.database.db.selectFrom('support_tickets').select('id').execute()).length;
  const before = await count();
  const body = { ...(await opening(newKey())), [field]: value };
  expect((await device.call('openTicket', { body })).refusal).toMatchObject({ name: 'InvalidField' });
  expect(await count()).toBe(before);
});

test('logs are taken line by line: nothing that is no line of a log is stored', async () => {
  const ticketKey = await open();
  const send = (lines: readonly string[]) => device.call('sendTicketLogs', { body: { ticketKey, lines } });
  for (const planted of [
    '918273',
    'legal winner thank year',
    '+4915112345678',
    `${line} 918273`,
    line.replace('132ms', '918273ms'),
    line.replace('requestPhoneCode', 'x'.repeat(41)),
    line.replace('call requestPhoneCode 20110 132ms', 'page /chats/100000000'),
    `${line}\n918273`,
  ]) {
    const answer = await send([line, planted]);
    expect(answer.refusal, planted).toMatchObject({ name: 'InvalidField' });
    expect((await read(ticketKey)).logsDeletedAtMs).toBeNull();
  }
  expect((await send([])).refusal).toMatchObject({ name: 'InvalidField' });
  expect((await send(Array(maxSentLogLines).fill(line))).status).toBe(200);
  const kept = await api.deps.stores.supportTickets.logLines(await ticketIdOf(ticketKey), api.clock.now());
  expect(kept?.split('\n')).toHaveLength(maxSentLogLines);
});

test('asking for a ticket, and listing them, reads nothing of the logs; a list takes as many statements as one ticket', async () => {
  const { supportTickets } = api.deps.stores;
  await api.database.db.deleteFrom('support_tickets').execute();
  const keys = [await open(), await open()];
  const statementsOf = async (work: () => Promise<unknown>) => {
    const before = api.statements.length;
    await work();
    return api.statements.slice(before);
  };
  const list = () => listTickets(api.deps.stores, 'open', api.clock.now());
  const ofNone = await statementsOf(list);
  for (const ticketKey of keys) await device.call('sendTicketLogs', { body: { ticketKey, lines: [line] } });
  const statements = [...(await statementsOf(list)), ...(await statementsOf(() => read(keys[0] ?? '')))];
  expect(await statementsOf(list)).toEqual(ofNone);
  expect(await list()).toMatchObject({ tickets: [{ hasLogs: true }, { hasLogs: true }] });
  const readsLogs = (statement: string) => statement.includes('"lines"') || statement.includes('select *');
  expect(statements.filter(readsLogs).filter((statement) => statement.includes('support_logs'))).toEqual([]);
  // The control: what does read them is found.
  const id = await ticketIdOf(keys[0] ?? '');
  const reading = await statementsOf(() => supportTickets.logLines(id, api.clock.now()));
  expect(reading.filter(readsLogs)).toHaveLength(1);
});

test('logs go after 30 days, a ticket 90 days after its last message', async () => {
  const ticketKey = await open();
  await device.call('sendTicketLogs', { body: { ticketKey, lines: [line] } });
  const rows = async () => (await api.database.db.selectFrom('support_logs').selectAll().execute()).length;
  const id = await ticketIdOf(ticketKey);
  const hasLogs = async () =>
    (await api.database.db.selectFrom('support_logs').selectAll().where('ticket_id', '=', id).execute())
      .length;
  api.clock.advance(30 * dayMs - 1);
  await sweep(api.deps.stores, api.clock.now());
  expect(await hasLogs()).toBe(1);
  api.clock.advance(1);
  expect((await read(ticketKey)).logsDeletedAtMs).toBeNull();
  await sweep(api.deps.stores, api.clock.now());
  expect(await hasLogs()).toBe(0);
  api.clock.advance(60 * dayMs);
  await sweep(api.deps.stores, api.clock.now());
  expect((await device.call('readTicket', { body: { ticketKey } })).refusal).toMatchObject({
    name: 'NotFound',
  });
  expect(await rows()).toBe(0);
});

test('a ticket is continued after a login: support sees whose it is, and it is nobody else’s any more', async () => {
  const ticketKey = await open();
  const [owner, other] = [await registerByWords(api), await registerByWords(api)];
  const link = (person: Person) => person.device.call('linkTicket', { as: as(person), body: { ticketKey } });
  for (const _ of [1, 2]) expect((await link(owner)).body).toMatchObject({ isLinked: true });
  expect((await link(other)).refusal).toMatchObject({ name: 'Forbidden' });
  await api.deps.stores.supportTickets.dropOfAccount(owner.session.accountId);
  expect((await device.call('readTicket', { body: { ticketKey } })).refusal).toMatchObject({
    name: 'NotFound',
  });
});

test('an answer is told to every device of the account whose ticket it is, by its number and once; a ticket of nobody tells nobody', async () => {
  const [ofNobody, ticketKey] = [await open(), await open()];
  const owner = await personWithPin(api, 'Ada');
  const pair = await publishKey(owner);
  await owner.device.call('linkTicket', { as: as(owner), body: { ticketKey } });
  const { ticketNumber } = await read(ticketKey);
  const answer = async (number: string, messageId: string) =>
    api.deps.transact((stores) =>
      answerTicket(api.deps, stores, { ticketNumber: number, messageId, text: 'Which country is it?' }),
    );
  await answer((await read(ofNobody)).ticketNumber, newId());
  expect(await api.waitingFor(owner.session.sessionId)).toBe(0);
  const messageId = newId();
  for (const _ of [1, 2]) await answer(ticketNumber, messageId);
  const told = await readMessages(api, owner, pair, 1);
  expect(told).toMatchObject([{ kind: 'supportAnswered', parameters: { ticketNumber } }]);
  expect(JSON.stringify(told)).not.toContain('country');
});

test('the key of a ticket is nowhere in the database or the log', async () => {
  const ticketKey = await open();
  const rows = await api.database.db.selectFrom('support_tickets').selectAll().execute();
  const kept = rows.map(({ key_hash }) => toBase64url(Uint8Array.from(key_hash)));
  expect(kept).not.toContain(ticketKey);
  expect(api.logged.join('')).not.toContain(ticketKey);
  expect(api.logged.join('')).not.toContain('I cannot log in');
});
