import { DomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HexkeyClient } from '../create-hexkey.ts';
import type { Hexkey } from '../hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { type FaultyFetch, faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';
import { testSocketLink } from '../testing/test-socket-link.ts';
import type { DrillLogin, RecoveryDrill } from './recovery-kit.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

const pin = pinOf('271828');
const wrongPin = pinOf('314159');
const until = (holds: () => boolean | Promise<boolean>) =>
  vi.waitUntil(holds, { timeout: 60_000, interval: 10 });
let numbers = 700;
const newNumber = () => {
  numbers += 1;
  return new Secret(`+4915112345${numbers}`);
};
const lastCode = () => {
  const code = /\b\d{4}\b/.exec(network.sent.at(-1)?.text.reveal() ?? '')?.[0];
  return new Secret(code ?? 'no code was sent');
};

/** A person with a PIN, connected to Team Hexkey. */
async function person(name: string, wire: FaultyFetch = faultyFetch()) {
  const vault = memoryVault();
  const client = testClient(network, { vault, socket: testSocketLink(network), fetch: wire.fetch });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  await client.setName(name);
  client.teamHexkey.connect();
  await until(() => client.teamHexkey.connection === 'live');
  return { client, vault, words, hexkeyId: (await client.account()).hexkeyId };
}

async function addPhone(client: Hexkey, number = newNumber()) {
  const link = await client.recoveryKit.openPhone(pin);
  const { verificationId } = await link.requestCode(number, 'en');
  const linked = await link.confirm(verificationId, lastCode(), 'en');
  link.close();
  return { number, linked };
}

const codeFor = async (client: Hexkey, purpose: string) => {
  const seen = async () =>
    (await client.teamHexkey.messages()).flatMap(({ message }) =>
      message?.kind === 'recoveryCode' && message.parameters.purpose === purpose
        ? [message.parameters.code]
        : [],
    );
  await until(async () => (await seen()).length > 0);
  return new Secret((await seen()).at(-1) ?? '');
};

/** An owner with a phone number, and a contact who has added them back and is their recovery contact. */
async function ownerWithContact(wire?: FaultyFetch) {
  const [owner, contact] = [await person('Ada', wire), await person('Grace')];
  const { number } = await addPhone(owner.client);
  await owner.client.people.add(contact.hexkeyId);
  await contact.client.people.add(owner.hexkeyId);
  const flow = await owner.client.recoveryKit.openContact(pin);
  expect(await flow.view()).toBeNull();
  const { verificationId } = await flow.requestCode(contact.hexkeyId);
  const set = await flow.confirm(verificationId, await codeFor(contact.client, 'setRecoveryContact'));
  flow.close();
  expect(set).toMatchObject({ person: { hexkeyId: contact.hexkeyId, name: 'Grace' }, problem: null });
  return { owner, contact, number };
}

test('a words account that added a phone number is reached by phone and PIN, with the same words', async () => {
  const { client, words } = await person('Ada');
  const { number, linked } = await addPhone(client);
  expect(linked.result).toBe('added');
  const elsewhere = testClient(network);
  network.clock.advance(60_000);
  const { verificationId } = await elsewhere.requestPhoneCode(number, 'login', 'en');
  await elsewhere.loginWithPhone(verificationId, lastCode());
  await elsewhere.unlock(pin, noProgress);
  expect((await elsewhere.viewWords(pin)).reveal()).toEqual(words.reveal());
});

test('the words count as backed up after the check only, and then the device may be left', async () => {
  const { client, words } = await person('Ada');
  expect((await client.recoveryKit.state()).words.state).toBe('not-backed-up');
  await expect(client.logOut(pin)).rejects.toMatchObject({ name: 'OnlyCopyOfWords' });
  const backup = await client.recoveryKit.openWords(pin);
  expect(backup.words.reveal()).toEqual(words.reveal());
  const swapped = words.reveal().with(3, words.reveal()[4] as string);
  await expect(backup.confirm(new Secret(swapped))).rejects.toMatchObject({
    name: 'WordsDiffer',
    details: { wordIndex: 3 },
  });
  await expect(backup.confirm(new Secret(words.reveal().slice(0, 12)))).rejects.toMatchObject({
    details: { wordIndex: 12 },
  });
  expect((await client.recoveryKit.state()).words.state).toBe('not-backed-up');
  await backup.confirm(words);
  backup.close();
  expect((await client.recoveryKit.state()).words.state).toBe('backed-up');
  await client.logOut(pin);
  expect(client.place.at).toBe('signed-out');
});

/** What must be as it was after a rehearsal. */
async function standOf(client: HexkeyClient) {
  await client.settled();
  const { phone, words, contact, ...rest } = await client.recoveryKit.state();
  const undated = [phone, words, contact].map(({ lastWorkedAtMs: _, ...method }) => method);
  const devices = (await client.devices()).map(({ sessionId }) => sessionId);
  const attemptsLeft = (await client.lastBudget())?.attemptsLeft;
  return { devices, attemptsLeft, kit: { ...rest, undated } };
}

/** Ends a rehearsal. @returns the routes that were called, and how often a PIN node was */
async function finished(client: HexkeyClient, drill: RecoveryDrill, login: DrillLogin, wire: FaultyFetch) {
  await client.settled();
  wire.requests.length = 0;
  const steps: string[] = [];
  await drill.finish(login, (step) => steps.push(step));
  await client.settled();
  expect(steps).toEqual(['entering', 'checking', 'leaving']);
  return {
    paths: wire.requests.map(({ url }) => new URL(url).pathname),
    atNodes: wire.requests.filter(({ url }) => !url.startsWith(network.origin)).length,
  };
}

test('words are rehearsed from paper: which one is wrong is said before anything is sent; then they log in, and nothing of it stays', async () => {
  const wire = faultyFetch();
  const { client, words } = await person('Ada', wire);
  await client.checkPin(pin, noProgress);
  const before = await standOf(client);
  const drill = await client.recoveryKit.openDrill('words', pin);
  await client.settled();
  wire.requests.length = 0;
  const swapped = new Secret(words.reveal().with(3, words.reveal()[4] as string));
  await expect(drill.finish({ words: client.newWords() }, noProgress)).rejects.toMatchObject({
    name: 'WordsDiffer',
  });
  await expect(drill.finish({ words: swapped }, noProgress)).rejects.toBeInstanceOf(DomainError);
  expect(wire.requests).toEqual([]);
  const { paths, atNodes } = await finished(client, drill, { words }, wire);
  expect(paths).toContain('/api/v1/logins/words');
  expect(atNodes).toBe(0);
  expect((await client.recoveryKit.state()).words.lastWorkedAtMs).toBe(network.clock.now());
  expect(await standOf(client)).toEqual(before);
});

test('a wrong PIN begins no rehearsal; one that is closed leaves nothing, and nothing can be done with it', async () => {
  const wire = faultyFetch();
  const { client, words } = await person('Ada', wire);
  await expect(client.recoveryKit.openDrill('words', wrongPin)).rejects.toMatchObject({ name: 'WrongPin' });
  await client.checkPin(pin, noProgress);
  const before = await standOf(client);
  const drill = await client.recoveryKit.openDrill('words', pin);
  drill.close();
  await expect(drill.finish({ words }, noProgress)).rejects.toMatchObject({ name: 'PinNeededAgain' });
  expect(await standOf(client)).toEqual(before);
  expect((await client.recoveryKit.state()).words.lastWorkedAtMs).toBeNull();
  const open = await network.database.db.selectFrom('open_drills').selectAll().execute();
  expect(open.filter(({ worked_at_ms }) => worked_at_ms === null)).toEqual([]);
});

test('a number is rehearsed by its SMS alone, sends nobody else one, and must lead to the shard', async () => {
  const wire = faultyFetch();
  const { client } = await person('Ada', wire);
  const { number } = await addPhone(client);
  network.clock.advance(10 * 60_000);
  const before = await standOf(client);
  const drill = await client.recoveryKit.openDrill('phone', pin);
  const sent = network.sent.length;
  await expect(drill.requestPhoneCode(new Secret('+491511234500'), 'en')).rejects.toMatchObject({
    name: 'DrillElsewhere',
  });
  expect(network.sent).toHaveLength(sent);
  const { verificationId } = await drill.requestPhoneCode(number, 'en');
  const right = lastCode();
  const wrong = new Secret(right.reveal() === '0000' ? '0001' : '0000');
  await expect(drill.finish({ verificationId, code: wrong }, noProgress)).rejects.toMatchObject({
    name: 'WrongCode',
  });
  const { atNodes } = await finished(client, drill, { verificationId, code: right }, wire);
  expect(atNodes).toBe(0);
  expect((await client.recoveryKit.state()).phone.lastWorkedAtMs).toBe(network.clock.now());
  expect(await standOf(client)).toEqual(before);

  // The server has lost the shard: the login works, and the rehearsal does not.
  network.clock.advance(10 * 60_000);
  const dated = (await client.recoveryKit.state()).phone.lastWorkedAtMs;
  const { accountId } = await client.account();
  const shard = new Uint8Array(56).fill(7);
  await network.database.db
    .updateTable('accounts')
    .set({ sealed_entropy: shard })
    .where('id', '=', accountId)
    .execute();
  const again = await client.recoveryKit.openDrill('phone', pin);
  const second = await again.requestPhoneCode(number, 'en');
  await expect(
    again.finish({ verificationId: second.verificationId, code: lastCode() }, noProgress),
  ).rejects.toMatchObject({ name: 'DrillWithoutShard' });
  again.close();
  expect(await standOf(client)).toEqual(before);
  expect((await client.recoveryKit.state()).phone.lastWorkedAtMs).toBe(dated);
});

test('the contact is rehearsed as in earnest: sixty seconds, their ID, their code; afterwards nothing is to be refused', async () => {
  const wire = faultyFetch();
  const { owner, contact, number } = await ownerWithContact(wire);
  network.clock.advance(10 * 60_000);
  const before = await standOf(owner.client);
  const drill = await owner.client.recoveryKit.openDrill('contact', pin);
  const { verificationId } = await drill.requestPhoneCode(number, 'en');
  await expect(drill.offerContact(verificationId)).rejects.toMatchObject({ name: 'TooMany' });
  network.clock.advance(60_000);
  const contactLoginId = (await drill.offerContact(verificationId)) as string;
  await expect(drill.requestContactCode(contactLoginId, owner.hexkeyId, 'en')).rejects.toMatchObject({
    name: 'InvalidRecoveryContact',
  });
  await drill.requestContactCode(contactLoginId, contact.hexkeyId, 'en');
  expect((await owner.client.recoveryKit.state()).pendingContactLogin).toMatchObject({ contactLoginId });
  const code = await codeFor(contact.client, 'loginWithContact');
  const { atNodes } = await finished(owner.client, drill, { contactLoginId, code }, wire);
  expect(atNodes).toBe(0);
  expect((await owner.client.recoveryKit.state()).contact.lastWorkedAtMs).toBe(network.clock.now());
  expect(await standOf(owner.client)).toEqual(before);
});

test('a flow knows the PIN until it is closed, and for a quarter of an hour at most', async () => {
  const { client } = await person('Ada');
  const closed = await client.recoveryKit.openContact(pin);
  closed.close();
  await expect(closed.view()).rejects.toMatchObject({ name: 'PinNeededAgain' });
  const late = await client.recoveryKit.openContact(pin);
  expect(await late.view()).toBeNull();
  network.clock.advance(15 * 60_000);
  await expect(late.view()).rejects.toMatchObject({ name: 'PinNeededAgain' });
  await expect(client.recoveryKit.openContact(wrongPin)).rejects.toMatchObject({ name: 'WrongPin' });
});

test('somebody who has not added the owner cannot be the recovery contact, and the owner is told so', async () => {
  const [owner, contact] = [await person('Ada'), await person('Grace')];
  const flow = await owner.client.recoveryKit.openContact(pin);
  await expect(flow.requestCode(contact.hexkeyId)).rejects.toMatchObject({ name: 'PhoneNeeded' });
  await addPhone(owner.client);
  await owner.client.people.add(contact.hexkeyId);
  await expect(flow.requestCode(contact.hexkeyId)).rejects.toMatchObject({
    name: 'InvalidRecoveryContact',
    details: { reason: 'not-added-back' },
  });
  flow.close();
});

test('an owner without the number gets in through the contact, to the PIN, and every device hears of it first', async () => {
  const { owner, contact, number } = await ownerWithContact();
  const lost = testClient(network);
  network.clock.advance(10 * 60_000);
  const { verificationId } = await lost.requestPhoneCode(number, 'login', 'en');
  await expect(lost.contactLogin.offer(verificationId)).rejects.toMatchObject({ name: 'TooMany' });
  network.clock.advance(60_000);
  const loginId = (await lost.contactLogin.offer(verificationId)) as string;
  await expect(lost.contactLogin.requestCode(loginId, owner.hexkeyId, 'en')).rejects.toEqual(
    new DomainError('InvalidRecoveryContact', { reason: 'unknown' }),
  );
  await lost.contactLogin.requestCode(loginId, contact.hexkeyId, 'en');
  await until(async () =>
    (await owner.client.teamHexkey.messages()).some(
      ({ message }) => message?.kind === 'contactLoginRequested',
    ),
  );
  const code = await codeFor(contact.client, 'loginWithContact');
  expect((await lost.contactLogin.enter(loginId, code)).at).toBe('enter-pin');
  // A lost answer: the same device may say the code again.
  expect((await lost.contactLogin.enter(loginId, code)).at).toBe('enter-pin');
  await lost.unlock(pin, noProgress);
  expect((await lost.viewWords(pin)).reveal()).toEqual(owner.words.reveal());
});

test('a live device refuses such a login with the PIN, and the code is worth nothing then', async () => {
  const { owner, contact, number } = await ownerWithContact();
  const thief = testClient(network);
  network.clock.advance(10 * 60_000);
  const { verificationId } = await thief.requestPhoneCode(number, 'login', 'en');
  network.clock.advance(60_000);
  const loginId = (await thief.contactLogin.offer(verificationId)) as string;
  await thief.contactLogin.requestCode(loginId, contact.hexkeyId, 'en');
  const pending = (await owner.client.recoveryKit.state()).pendingContactLogin;
  await expect(
    owner.client.recoveryKit.refuseContactLogin(pending?.contactLoginId ?? '', wrongPin),
  ).rejects.toMatchObject({ name: 'WrongPin' });
  await owner.client.recoveryKit.refuseContactLogin(pending?.contactLoginId ?? '', pin);
  const code = await codeFor(contact.client, 'loginWithContact');
  await expect(thief.contactLogin.enter(loginId, code)).rejects.toBeInstanceOf(DomainError);
  expect(thief.place.at).toBe('signed-out');
});

test('a contact who leaves shows in the kit, and removing one leaves none', async () => {
  const { owner, contact } = await ownerWithContact();
  expect((await owner.client.recoveryKit.state()).contact).toMatchObject({ state: 'added', problem: null });
  await contact.client.people.remove(owner.hexkeyId);
  expect((await owner.client.recoveryKit.state()).contact.problem).toBe('not-added-back');
  await until(async () =>
    (await owner.client.teamHexkey.messages()).some(({ message }) => message?.kind === 'recoveryContactLost'),
  );
  const flow = await owner.client.recoveryKit.openContact(pin);
  await flow.remove();
  await expect(flow.remove()).rejects.toMatchObject({ name: 'NoRecoveryContact' });
  flow.close();
  expect((await owner.client.recoveryKit.state()).contact.state).toBe('not-added');
});
