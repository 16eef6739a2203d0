import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { takeProcessLock } from '@hexkey/process-lock';
import { toHex } from '@hexkey/protocol';
import type { PinHistoryAudit } from '@hexkey/sdk';
import { fixedClock } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNetwork, type TestNetwork } from '../../../packages/sdk/src/testing/network.ts';
import { type Input, type Run, runCli } from './testing/run-cli.ts';
import { version } from './version.ts';

// The real program, a process for each command, against real servers: each run hashes PINs for real.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = '271828';
const newPin = '161803';
const wrong = '314159';
/** Of an account of another system; hashed by crypt(3) (`apps/api/src/legacy-accounts/fixtures`). */
const legacyPin = '271828';
const legacyHash = '$2a$04$abcdefghijklmnopqrstuuYQKNxgREyZpIATW0ygP/.cqCTNGIg5y';
let network: TestNetwork;
let home = '';
/** The registration of the profile `kept`, which tests use and leave as it is. */
let kept: Run;
const runs: Run[] = [];
/** How far the servers are ahead of the program. */
let aheadMs = 0;
beforeAll(async () => {
  network = await startNetwork(2, fixedClock(Date.now()));
  home = mkdtempSync(join(tmpdir(), 'hexkey-cli-'));
  kept = await hexkey(['register', ...profile('kept'), ...firstUse(), '--nobody-can-reset-it'], four(pin));
  expect(kept).toMatchObject({ code: 0, errors: '' });
});
afterAll(async () => {
  await network.stop();
  rmSync(home, { recursive: true });
});

async function hexkey(args: readonly string[], input?: Input, onNote?: (text: string) => void): Promise<Run> {
  // The servers' clock stands still; the program's does not.
  network.clock.advance(Date.now() + aheadMs - network.clock.now());
  const options = input === undefined ? [] : ['--pin-stdin'];
  const run = await runCli([...args, ...options], {
    env: { HOME: home },
    input: input ?? [],
    ...(onNote && { onNote }),
  });
  runs.push(run);
  return run;
}
const profile = (name: string) => ['--profile', name, '--json'];
const firstUse = () => ['--server', network.origin, '--operator-key', toHex(network.operatorKey)];
const four = (digits: string) => [digits, digits, digits, digits];
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...filesIn(path)] : [path];
  });

test('an account lives on two profiles: registered, guarded, changed, listed, ended', async () => {
  const registered = await hexkey(
    [
      'register',
      ...profile('one'),
      ...firstUse(),
      '--nobody-can-reset-it',
      '--show-words',
      '--device-name',
      'Laptop',
    ],
    four(pin),
  );
  expect(registered).toMatchObject({ code: 0, errors: '' });
  const { words, hexkeyId } = registered.json() as { words: string[]; hexkeyId: string };
  expect(words).toHaveLength(13);

  const whoami = await hexkey(['whoami', ...profile('one')]);
  expect(whoami.json()).toMatchObject({
    state: 'home',
    hexkeyId,
    registeredWith: 'words',
    changeInterrupted: false,
  });

  const refused = await hexkey(['pin', 'verify', ...profile('one')], [wrong]);
  expect(refused.code).toBe(1);
  expect(refused.json()).toEqual({ error: { name: 'WrongPin', code: 20119, details: { attemptsLeft: 4 } } });
  expect(refused.errors).toMatch(/^Wrong PIN\. 4 tries left\..+\nCode 20119 \(WrongPin\)\n$/);

  const changed = await hexkey(['pin', 'change', ...profile('one')], [pin, ...four(newPin)]);
  expect(changed.json()).toEqual({ changed: true });
  expect((await hexkey(['pin', 'verify', ...profile('one')], [pin])).code).toBe(1);
  expect((await hexkey(['pin', 'verify', ...profile('one')], [newPin])).json()).toEqual({ verified: true });

  const logs = await hexkey(['pin', 'logs', ...profile('one')]);
  const { entries } = logs.json() as { entries: { operation: string; outcome: string; device: string }[] };
  const told = entries.map(({ operation, outcome }) => `${operation} ${outcome}`);
  expect(told).toEqual(
    expect.arrayContaining(['changePin success', 'checkPin wrong-pin', 'activatePin success']),
  );
  expect(entries.every(({ device }) => device === 'Laptop')).toBe(true);

  const second = await hexkey(['login', ...profile('two'), ...firstUse()], [words.join(' '), newPin]);
  expect(second.json()).toMatchObject({ state: 'home', hexkeyId });

  const listed = await hexkey(['devices', ...profile('two')]);
  const { devices } = listed.json() as { devices: { sessionId: string; name: string; isThisOne: boolean }[] };
  expect(devices.map(({ isThisOne }) => isThisOne)).toEqual([true, false]);
  const [own, other] = devices;

  const itself = await hexkey(['devices', 'end', own?.sessionId ?? '', ...profile('two')], [newPin]);
  expect([itself.code, itself.json()]).toMatchObject([1, { error: { name: 'ThisDevice', code: 20155 } }]);
  const nobody = await hexkey(['devices', 'end', 'nobody', ...profile('two')], [newPin]);
  expect(nobody.json()).toMatchObject({ error: { code: 404, details: { what: 'device' } } });
  const ended = await hexkey(['devices', 'end', other?.sessionId ?? '', ...profile('two')], [newPin]);
  expect([ended.code, ended.json()]).toEqual([0, { ended: [other?.sessionId] }]);

  const out = await hexkey(['whoami', ...profile('one')]);
  expect([out.code, out.json()]).toMatchObject([1, { error: { code: 401 } }]);
  expect((await hexkey(['whoami', ...profile('two')])).json()).toMatchObject({ state: 'home' });

  const blocked = await hexkey(['logout', ...profile('two')], [newPin]);
  expect(blocked.json()).toMatchObject({ error: { name: 'NoRecoveryMethod', code: 20131 } });
  expect((await hexkey(['switch-account', ...profile('two')])).json()).toEqual({ loggedOut: true });
  expect(readFileSync(join(home, '.local/state/hexkey/two/vault.json'), 'utf8')).toContain('"accounts":{}');

  // No PIN in anything that was printed or passed; words only where they were asked for.
  const others = runs.filter((run) => run !== registered);
  for (const { args, output, errors } of runs)
    for (const digits of [pin, newPin, wrong]) expect(`${args} ${output} ${errors}`).not.toContain(digits);
  for (const { args, output, errors } of [...others, { ...registered, output: '' }])
    expect(`${args} ${output} ${errors}`).not.toContain(words.slice(0, 3).join(' '));
  expect(others.some(({ output }) => output.includes('"words":'))).toBe(false);
});

test('an account is to be deleted for the PIN twice; who comes back is told so, and keeps it', async () => {
  const registered = await hexkey(
    ['register', ...profile('leaving'), ...firstUse(), '--nobody-can-reset-it', '--show-words'],
    four(pin),
  );
  const { words } = registered.json() as { words: string[] };
  const unsure = await hexkey(['account', 'delete', ...profile('leaving')], [pin, pin]);
  expect(unsure.code).not.toBe(0);
  const asked = await hexkey(
    ['account', 'delete', ...profile('leaving'), '--nobody-can-undo-it'],
    [pin, pin],
  );
  expect(asked).toMatchObject({ code: 0, errors: '' });
  const { effectiveAtMs } = asked.json() as { effectiveAtMs: number };
  expect(effectiveAtMs - Date.now()).toBeGreaterThan(29 * 24 * 60 * 60_000);
  const back = await hexkey(['login', ...profile('leaving')], [words.join(' '), pin]);
  expect(back.json()).toMatchObject({ error: { name: 'DeletionPending', code: 20227 } });
  const saved = await hexkey(['pin', 'verify', ...profile('leaving'), '--keep-account'], [pin]);
  expect(saved.json()).toEqual({ verified: true });
  const whoami = await hexkey(['whoami', ...profile('leaving')]);
  expect(whoami.json()).toMatchObject({ state: 'home' });
});

test('what is kept is for its owner only, holds no PIN, and no words once the PIN was shown', async () => {
  expect(kept.json()).toMatchObject({ state: 'home', changeInterrupted: false });
  expect(kept.json()).not.toHaveProperty('words');
  const folder = join(home, '.local/state/hexkey/kept');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const path of filesIn(folder)) expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(
    filesIn(folder)
      .map((path) => path.slice(folder.length + 1))
      // SQLite's own beside a database, gone with a clean end.
      .filter((name) => !/-(?:wal|shm)$/.test(name))
      .sort(),
  ).toEqual([expect.stringMatching(/^groups-[0-9a-f-]{36}\.sqlite$/), 'profile.json', 'vault.json']);
  const vault = readFileSync(join(folder, 'vault.json'), 'utf8');
  expect(vault).toContain('"under":"pin"');
  expect(vault).not.toContain('"under":"device"');
  expect(vault).not.toContain(pin);

  chmodSync(join(folder, 'vault.json'), 0o644);
  const exposed = await hexkey(['whoami', ...profile('kept')]);
  expect([exposed.code, exposed.json()]).toMatchObject([1, { error: { details: { problem: 'exposed' } } }]);
  chmodSync(join(folder, 'vault.json'), 0o600);
});

test('what the PIN nodes say is exported, and verified without a network; a changed file is not sound', async () => {
  expect((await hexkey(['pin', 'verify', ...profile('kept')], [wrong])).code).toBe(1);
  expect((await hexkey(['pin', 'verify', ...profile('kept')], [pin])).code).toBe(0);
  const file = join(home, 'history.json');
  expect((await hexkey(['pin', 'export', file, ...profile('kept')])).json()).toEqual({ exported: true });
  expect((await hexkey(['pin', 'export', file, ...profile('kept')])).code).toBe(2);

  const offline = ['--profile', 'nobody', '--json', '--operator-key', toHex(network.operatorKey)];
  const audited = await hexkey(['pin', 'audit', file, ...offline]);
  const audit = audited.json() as PinHistoryAudit;
  expect([audited.code, audit.isSound]).toEqual([0, true]);
  expect(audit.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['right', 'wrong']));
  expect(audit.nodes.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
  expect((await hexkey(['pin', 'audit', file, ...profile('kept')])).code).toBe(0);

  const text = readFileSync(file, 'utf8');
  const forged = JSON.parse(text) as { nodes: { entries: { outcome: string }[] }[] };
  for (const entry of forged.nodes[0]?.entries ?? []) if (entry.outcome === 'right') entry.outcome = 'wrong';
  writeFileSync(file, JSON.stringify(forged));
  const changed = await hexkey(['pin', 'audit', file, ...offline]);
  expect([changed.code, changed.json()]).toMatchObject([1, { isSound: false }]);
  writeFileSync(file, text);
  const strangers = await hexkey(['pin', 'audit', file, '--json', '--operator-key', '01'.repeat(32)]);
  expect([strangers.code, strangers.json()]).toMatchObject([1, { error: { name: 'NodeSetMismatch' } }]);
});

test('everything the server holds is exported for the PIN, into a file of its owner’s alone that is never written over', async () => {
  const file = join(home, 'data.json');
  const named = ['account', 'export', file, ...profile('kept')];
  expect((await hexkey(named, [wrong])).output).toContain('20119');
  expect(existsSync(file)).toBe(false);
  const exported = await hexkey(named, [pin]);
  expect(exported.json()).toEqual({ exported: true });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  const { hexkeyId } = kept.json() as { hexkeyId: string };
  const { holdings, server } = JSON.parse(text) as {
    server: string;
    holdings: Record<string, { records: Record<string, unknown>[] }>;
  };
  expect(server).toBe(network.origin);
  expect(holdings.accounts?.records).toMatchObject([{ hexkey_id: hexkeyId, pin_state: 'set' }]);
  expect(holdings.sessions?.records).toMatchObject([{ platform: 'cli' }]);
  expect(text).not.toContain(pin);
  // Nobody is asked for the PIN, and the server for nothing.
  const again = await hexkey(named);
  expect(again).toMatchObject({ code: 2, errors: expect.stringContaining('There is a file of that name') });
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('the launcher starts the program from its sources', async () => {
  const launcher = fileURLToPath(new URL('../hexkey.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [launcher, '--version']);
  expect(stdout).toBe(`${version}\n`);
});

test('two processes do not share a profile', async () => {
  const release = takeProcessLock(join(home, '.local/state/hexkey/kept/lock'));
  const busy = await hexkey(['whoami', ...profile('kept')]);
  release();
  expect([busy.code, busy.json()]).toMatchObject([1, { error: { details: { problem: 'in-use' } } }]);
});

test('an operator key is neither taken on trust nor exchanged', async () => {
  const unasked = await hexkey(['whoami', ...profile('new'), '--server', network.origin]);
  expect([unasked.code, unasked.output]).toEqual([2, expect.stringContaining('--operator-key')]);
  expect(readdirSync(join(home, '.local/state/hexkey/new'))).toEqual([]);
  const exchanged = await hexkey(['whoami', ...profile('kept'), '--operator-key', '00'.repeat(32)]);
  expect([exchanged.code, exchanged.output]).toEqual([2, expect.stringContaining('another operator key')]);
  const elsewhere = await hexkey(['whoami', ...profile('kept'), '--server', 'https://elsewhere.example']);
  expect(elsewhere.code).toBe(2);
});

test('a new computer shows a code, and a device that is logged in lets it in for the PIN', async () => {
  let noted = '';
  const shown = hexkey(
    ['devices', 'link', ...profile('linked'), ...firstUse(), '--device-name', 'Desktop'],
    [pin],
    (text) => {
      noted += text;
    },
  );
  const code = await vi.waitUntil(() => /\S+\/link#1\.\S+/.exec(noted)?.[0], { timeout: 60_000 });
  const none = await hexkey(['devices', 'approve', ...profile('kept')], ['hello', pin]);
  expect([none.code, none.json()]).toMatchObject([1, { error: { name: 'NotALinkCode' } }]);
  const approved = await hexkey(['devices', 'approve', ...profile('kept')], [code, pin]);
  expect(approved.json()).toMatchObject({ approved: { name: 'Desktop', platform: 'cli' } });
  expect(approved.errors).toContain('Desktop (cli) at ');
  const linked = await shown;
  const { hexkeyId } = kept.json() as { hexkeyId: string };
  expect(linked.json()).toMatchObject({ state: 'home', hexkeyId });
  const again = await hexkey(['devices', 'link', ...profile('linked')], [pin]);
  expect([again.code, again.errors]).toEqual([2, expect.stringMatching(/^This profile is logged in\./)]);
  // The code stands where it was asked for, and nowhere else; the PIN nowhere.
  for (const { args, output, errors } of [linked, approved, none])
    expect(`${args} ${output} ${errors}`).not.toContain(pin);
  expect(
    `${linked.args} ${linked.output} ${approved.args} ${approved.output} ${approved.errors}`,
  ).not.toContain(code);
});

test('an account of another system is refused at login, upgraded, and the upgrade goes on where it was cut off', async () => {
  const phone = '+4915112345679';
  const account = await network.importAccount(phone, legacyHash);
  async function* answers(...after: string[]) {
    const count = network.sent.length;
    yield phone;
    await vi.waitFor(() => expect(network.sent.length).toBeGreaterThan(count), { timeout: 60_000 });
    yield /[0-9]{4}/.exec(network.sent.at(-1)?.text.reveal() ?? '')?.[0] ?? '';
    yield* after;
  }
  const start = [...profile('legacy'), ...firstUse()];
  const refused = await hexkey(['login', ...start, '--phone'], answers());
  expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining('hexkey upgrade-pin') });
  aheadMs += 61_000;
  const options = ['upgrade-pin', ...start, '--nobody-can-reset-it'];
  const mistaken = await hexkey(options, answers(wrong));
  expect(mistaken).toMatchObject({ code: 1, errors: expect.stringContaining('4 tries') });
  aheadMs += 61_000;
  // The old PIN as the new one is refused, after the login: the same command asks for the new PIN alone then.
  const same = await hexkey(options, answers(legacyPin, ...four(legacyPin)));
  expect(same).toMatchObject({ code: 1, errors: expect.stringContaining('old PIN') });
  expect(await account.keepsHash()).toBe(true);
  const again = await hexkey(options, four(legacyPin));
  expect(again).toMatchObject({ code: 1, errors: expect.stringContaining('old PIN') });
  const upgraded = await hexkey(options, four(newPin));
  expect(upgraded).toMatchObject({ code: 0, errors: '' });
  expect(await account.keepsHash()).toBe(false);
  expect((await hexkey(['pin', 'verify', ...profile('legacy')], [newPin])).code).toBe(0);
  expect((await hexkey(options, [])).code).toBe(2);
  for (const { args, output, errors } of runs.slice(-9))
    for (const secret of [phone, legacyPin, newPin])
      expect(`${args} ${output} ${errors}`).not.toContain(secret);
});

test('a phone account registers, logs out and comes back; number and code are asked for', async () => {
  const phone = '+4915112345678';
  async function* answers(...before: string[]) {
    const count = network.sent.length;
    yield* before;
    // The code exists once the program has sent the number.
    await vi.waitFor(() => expect(network.sent.length).toBeGreaterThan(count), { timeout: 60_000 });
    yield /[0-9]{4}/.exec(network.sent.at(-1)?.text.reveal() ?? '')?.[0] ?? '';
    yield pin;
  }
  const start = [...profile('phone'), ...firstUse(), '--phone'];
  const registered = await hexkey(
    ['register', ...start, '--nobody-can-reset-it'],
    answers(...four(pin), phone),
  );
  expect(registered.json()).toMatchObject({ state: 'home', registeredWith: 'phone' });
  expect((await hexkey(['logout', ...profile('phone')], [pin])).json()).toEqual({ loggedOut: true });
  expect((await hexkey(['whoami', ...profile('phone')])).code).toBe(1);
  aheadMs += 61_000;
  const back = await hexkey(['login', ...start], answers(phone));
  expect(back.json()).toMatchObject({
    state: 'home',
    hexkeyId: (registered.json() as { hexkeyId: string }).hexkeyId,
  });
  for (const { args, output, errors } of runs) expect(`${args} ${output} ${errors}`).not.toContain(phone);
});
