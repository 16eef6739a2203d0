import {
  chmodSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnswerOf, routes, TicketView } from '@hexkey/contract';
import { fromBase64url, searchPuzzle, ticketPuzzleSubject, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
// The real process of the account server, over its embedded database.
import { type ApiProcess, initApi, serveApi } from '../../api/src/testing/api-process.ts';
import { runAdmin } from './run-admin.ts';

let folder: string;
let api: ApiProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-installation-'));
  mkdirSync(join(folder, 'api'));
  await initApi(join(folder, 'api'));
  api = await serveApi(join(folder, 'api'));
}, 300_000);
afterAll(async () => {
  await api.kill();
  rmSync(folder, { recursive: true });
});

async function admin(args: readonly string[], input = '', where: readonly string[] = ['--data-dir', folder]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const code = await runAdmin([...where, ...args], {
    env: {},
    userName: 'ada',
    newId: () => crypto.randomUUID(),
    random: (lengthBytes) => crypto.getRandomValues(new Uint8Array(lengthBytes)),
    readInput: async () => input,
    readFile: (path) => createReadStream(path),
    print: (text) => void printed.push(text),
    complain: (text) => void complaints.push(text),
  });
  return { code, printed: printed.join('\n'), complaints: complaints.join('\n') };
}

async function call<Answer>(path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${api.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'hexkey-client': 'web/0.1.0', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return answer.json() as Promise<Answer>;
}

test('a ticket of somebody without an account is answered and closed from the shell, and it is all written down', async () => {
  const ticketKey = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
  const {
    captchaId,
    challenge,
    proofOfWorkBits: bits,
  } = await call<AnswerOf<typeof routes.createCaptcha>>('captchas');
  const loginKey = ticketPuzzleSubject(fromBase64url(ticketKey));
  const search = searchPuzzle({ challenge: fromBase64url(challenge), loginKey, bits });
  let step = search.next();
  while (!step.done) step = search.next();
  const captcha = { captchaId, proofOfWork: toBase64url(step.value) };
  const messageId = crypto.randomUUID();
  const text = 'My code never comes.\u001b[2J';
  const opened = await call<TicketView>('support/tickets', {
    ticketKey,
    captcha,
    locale: 'en',
    messageId,
    text,
  });
  const number = opened.ticketNumber;

  expect((await admin(['tickets', 'list'])).printed).toContain(number);
  const shown = await admin(['tickets', 'show', number]);
  expect(shown.printed).toContain('My code never comes.');
  expect(shown.printed).not.toContain('\u001b');
  expect((await admin(['tickets', 'answer', number, '-'], 'Wait a minute.\n')).code).toBe(0);
  const read = await call<TicketView>('support/tickets/read', { ticketKey });
  expect(read.messages).toMatchObject([{ from: 'asker' }, { from: 'support', text: 'Wait a minute.' }]);
  expect((await admin(['tickets', 'close', number])).code).toBe(0);
  const late = await admin(['tickets', 'answer', number, 'Too late']);
  expect(late).toMatchObject({ code: 1, complaints: expect.stringContaining('TicketClosed (20232)') });

  const audit = await admin(['--json', 'audit', 'list']);
  const { actions } = JSON.parse(audit.printed) as { actions: Record<string, unknown>[] };
  expect(actions.map(({ command, outcome }) => `${command} ${outcome}`)).toEqual([
    'listActions done',
    'answerTicket TicketClosed',
    'closeTicket done',
    'answerTicket done',
    'showTicket done',
    'listTickets done',
  ]);
  expect(actions.every(({ operator }) => operator === 'ada')).toBe(true);
  expect(audit.printed).not.toContain('Wait a minute');
}, 300_000);

const hashes: readonly { readonly hash: string }[] = JSON.parse(
  readFileSync(new URL('../../api/src/legacy-accounts/fixtures/legacy-hashes.json', import.meta.url), 'utf8'),
);
const hashOf = (index: number) => hashes[index % hashes.length]?.hash ?? '';
const numberOf = (index: number) => `+4915112${String(300_000 + index)}`;
const fileOf = (lines: readonly string[]) => {
  const path = join(folder, 'people.csv');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};
const importFile = async (lines: readonly string[], where?: readonly string[]) => {
  const answer = await admin(['--json', 'import-legacy', fileOf(lines)], '', where);
  return { ...answer, report: answer.code === 2 ? null : JSON.parse(answer.printed) };
};
const waiting = async () => JSON.parse((await admin(['--json', 'legacy', 'list'])).printed);

test('a file with a bad row is refused as a whole, by line and reason, and says nothing of what is in it', async () => {
  const before = await waiting();
  const lines = [
    'phone,hash,name,reference',
    `${numberOf(0)},"${hashOf(0)}",Ada,old-1`,
    `${numberOf(1)},271828,Grace,old-2`,
    `${numberOf(0)},"${hashOf(1)}",Ada again,old-3`,
    `${numberOf(2)},"${hashOf(2)}"`,
    `12345,"${hashOf(3)}",,`,
  ];
  const { code, report, printed } = await importFile(lines);
  expect({ code, report }).toEqual({
    code: 1,
    report: {
      imported: 0,
      unchanged: 0,
      refused: [
        { line: 3, problem: 'hash-format' },
        { line: 4, problem: 'number-twice' },
        { line: 5, problem: 'record' },
        { line: 6, problem: 'phone-number' },
      ],
    },
  });
  expect(printed).not.toMatch(/\+49|\$|Ada|12345/);
  expect(await waiting()).toEqual(before);
});

test.each([[['name,reference', 'Ada,1']], [[`${numberOf(0)},x`]], [['phone,hash,password', 'a,b,c']], [[]]])(
  'a file whose first line does not name the columns is refused: %j',
  async (lines) => {
    const { code, complaints } = await importFile(lines);
    expect(code).toBe(2);
    expect(complaints).not.toContain('+49');
  },
);

test('what a file is imported in parts is found again by an import that is made once more', async () => {
  const rows = Array.from(
    { length: 600 },
    (_, index) => `${numberOf(100 + index)},"${hashOf(index)}",old-${index}`,
  );
  const half = await importFile(['phone,hash,reference', ...rows.slice(0, 300)]);
  expect(half.report).toEqual({ imported: 300, unchanged: 0, refused: [] });
  const whole = await importFile(['phone,hash,reference', ...rows]);
  expect(whole).toMatchObject({ code: 0, report: { imported: 300, unchanged: 300, refused: [] } });
  const report = await waiting();
  expect(report).toMatchObject({ waiting: 600, upgraded: 0 });
  expect(new Set(report.accounts.map(({ reference }: { reference: string }) => reference)).size).toBe(600);
  const [first] = report.accounts;
  const rest = JSON.parse((await admin(['--json', 'legacy', 'after', first.hexkeyId])).printed);
  expect(rest.accounts).toHaveLength(599);

  const { actions } = JSON.parse((await admin(['--json', 'audit', 'list'])).printed);
  expect(actions).toContainEqual(
    expect.objectContaining({ command: 'importLegacy', subject: '250 rows from line 2', outcome: 'done' }),
  );
  expect(JSON.stringify(actions)).not.toContain('+49');
}, 300_000);

test('a server that is killed while it imports has whole parts, and the same import goes on', async () => {
  const before = (await waiting()).waiting as number;
  const rows = Array.from({ length: 1500 }, (_, index) => `${numberOf(2000 + index)},"${hashOf(index)}"`);
  const file = fileOf(['phone,hash', ...rows]);
  const importing = admin(['--json', 'import-legacy', file]);
  await expect.poll(async () => (await waiting()).waiting).toBeGreaterThan(before);
  await api.kill();
  expect((await importing).code).toBe(1);
  api = await serveApi(join(folder, 'api'));
  const kept = ((await waiting()).waiting as number) - before;
  expect(kept).toBeGreaterThan(0);
  expect(kept % 250).toBe(0);
  expect(JSON.parse((await admin(['--json', 'import-legacy', file])).printed)).toEqual({
    imported: 1500 - kept,
    unchanged: kept,
    refused: [],
  });
  expect((await waiting()).waiting).toBe(before + 1500);
}, 300_000);

/** From another computer: no folder of the server, only its address and a key. */
const from = (key: string) => ['--server', api.url, '--key', key];

test('an operator with a key asks over the network, until the key is removed; the trail names the key', async () => {
  const mine = join(folder, 'ada.key');
  const { code, printed: publicKey } = await admin(['keygen', mine], '', []);
  expect(code).toBe(0);
  expect(publicKey).toMatch(/^ed25519:[A-Za-z0-9_-]{43}$/);
  expect((await admin(['public-key', mine], '', [])).printed).toBe(publicKey);
  expect(await admin(['jobs', 'list'], '', from(mine))).toMatchObject({
    code: 1,
    complaints: expect.stringContaining('does not know this key'),
  });
  expect((await admin(['operators', 'add', 'ada.laptop', publicKey])).code).toBe(0);

  const jobs = await admin(['--json', 'jobs', 'list'], '', from(mine));
  const names = (JSON.parse(jobs.printed).jobs as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(['push', 'deletion', 'sweep', 'attachments']);
  const { report } = await importFile(['phone,hash', `${numberOf(9000)},"${hashOf(0)}"`], from(mine));
  expect(report).toEqual({ imported: 1, unchanged: 0, refused: [] });
  expect(await admin(['operators', 'remove', 'ada.laptop'], '', from(mine))).toMatchObject({
    code: 1,
    complaints: expect.stringContaining('local socket alone'),
  });
  expect((await admin(['operators', 'remove', 'ada.laptop'])).code).toBe(0);
  expect(await admin(['jobs', 'list'], '', from(mine))).toMatchObject({
    code: 1,
    complaints: expect.stringContaining('OperatorNotAdmitted (20226)'),
  });

  const { actions } = JSON.parse((await admin(['--json', 'audit', 'list'])).printed);
  const said = (actions as Record<string, unknown>[]).slice(1, 7);
  expect(
    said.map(({ operator, signedBy, command, outcome }) => [operator, signedBy, command, outcome]),
  ).toEqual([
    ['ada', null, 'removeOperator', 'done'],
    ['ada.laptop', publicKey.slice('ed25519:'.length), 'removeOperator', 'OperatorNotAdmitted'],
    ['ada.laptop', publicKey.slice('ed25519:'.length), 'importLegacy', 'done'],
    ['ada.laptop', publicKey.slice('ed25519:'.length), 'checkLegacy', 'done'],
    ['ada.laptop', publicKey.slice('ed25519:'.length), 'listJobs', 'done'],
    ['ada', null, 'addOperator', 'done'],
  ]);
}, 300_000);

test('a key that others can read is not used, none is written over, and none is sent where others listen', async () => {
  const path = join(folder, 'grace.key');
  await admin(['keygen', path], '', []);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const before = readFileSync(path, 'utf8');
  expect(await admin(['keygen', path], '', [])).toMatchObject({
    code: 2,
    complaints: expect.stringContaining('EEXIST'),
  });
  expect(readFileSync(path, 'utf8')).toBe(before);
  for (const mode of [0o640, 0o604]) {
    chmodSync(path, mode);
    const refused = await admin(['public-key', path], '', []);
    expect(refused).toMatchObject({ code: 2, complaints: expect.stringContaining('by others') });
    expect(refused.complaints).not.toContain(before.trim());
  }
  chmodSync(path, 0o600);
  for (const server of ['http://hexkey.example', 'https://hexkey.example/path', 'nonsense'])
    expect((await admin(['jobs', 'list'], '', ['--server', server, '--key', path])).code, server).toBe(2);
  expect((await admin(['jobs', 'list'], '', ['--key', path])).code).toBe(2);
  writeFileSync(path, `${'A'.repeat(42)}B\n`);
  const broken = await admin(['public-key', path], '', []);
  expect(broken).toMatchObject({ code: 2, complaints: expect.stringContaining('is no operator key') });
  expect(broken.complaints).not.toContain('AAAA');
});

test('what is no command, or does not fit, is said and nothing is asked', async () => {
  expect(await admin(['users', 'read'])).toMatchObject({
    code: 2,
    complaints: expect.stringContaining('users show'),
  });
  expect(await admin(['users', 'show', 'abc'])).toMatchObject({ code: 2 });
  expect(await admin(['users', 'show'])).toMatchObject({
    code: 2,
    complaints: expect.stringContaining('HEXKEY_ID'),
  });
  expect(await admin(['users', 'show', '1234567890'])).toMatchObject({
    code: 1,
    complaints: expect.stringContaining('NotFound'),
  });
});

test('without a server it says where it looked', async () => {
  const nowhere = await admin(['jobs', 'list'], '', ['--data-dir', join(folder, 'nowhere')]);
  expect(nowhere).toMatchObject({ code: 1, complaints: expect.stringContaining('no server listens on') });
});
