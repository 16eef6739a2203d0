import { Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDeviceLog } from '../device-log/create-device-log.ts';
import { memoryLogStore } from '../device-log/memory-log-store.ts';
import type { Hexkey } from '../hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';
import { memoryTickets } from './ticket-store.ts';

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
// No limit reaches from one test into the next.
beforeEach(() => network.clock.advance(24 * 60 * 60_000));
afterAll(() => network.stop());

const pin = '830517';
const phone = '+12025550177';
const message = (client: Hexkey, text: string) => ({
  messageId: client.support.newMessageId(),
  text,
  locale: 'en' as const,
});

test('somebody without an account writes to support, and finds the ticket again on the same device alone', async () => {
  const tickets = memoryTickets();
  const client = testClient(network, { tickets });
  expect(await client.support.ticket()).toBeNull();
  const opened = await client.support.say(message(client, 'Hello'));
  await client.support.say(message(client, 'Anybody?'));
  const again = await testClient(network, { tickets }).support.ticket();
  expect(again).toMatchObject({ ticketNumber: opened.ticketNumber, isLinked: false });
  expect(again?.messages.map(({ text }) => text)).toEqual(['Hello', 'Anybody?']);
  expect(await testClient(network).support.ticket()).toBeNull();
});

test('an answer that never came: the same message again opens no second ticket and is not said twice', async () => {
  const faults = faultyFetch();
  const client = testClient(network, {
    async fetch(url, init) {
      const answer = await faults.fetch(url, init);
      if (url.endsWith('/support/tickets') && loses) {
        loses = false;
        throw new TypeError('fetch failed');
      }
      return answer;
    },
  });
  let loses = true;
  const said = message(client, 'Only once');
  await expect(client.support.say(said)).rejects.toMatchObject({ name: 'Offline' });
  expect((await client.support.say(said)).messages.map(({ text }) => text)).toEqual(['Only once']);
  const opened = faults.requests.filter(({ url }) => url.endsWith('/support/tickets'));
  expect(opened).toHaveLength(1);
});

test('a ticket goes on under the account whose owner says it is theirs, and whoever uses the device afterwards sees none', async () => {
  const given = { tickets: memoryTickets(), vault: memoryVault() };
  const client = testClient(network, given);
  const { ticketNumber } = await client.support.say(message(client, 'I cannot log in'));
  expect(await client.support.hasUnclaimed()).toBe(false);
  await client.registerWithWords(client.newWords());
  await client.setPin(pinOf(pin), noProgress);
  expect(await client.support.hasUnclaimed()).toBe(true);
  await client.support.claim();
  expect(await client.support.ticket()).toMatchObject({ ticketNumber, isLinked: true });
  expect(await client.support.hasUnclaimed()).toBe(false);
  await given.vault.leaveAccount();
  const next = testClient(network, given);
  expect(await next.support.ticket()).toBeNull();
  await next.registerWithWords(next.newWords());
  expect([await next.support.ticket(), await next.support.hasUnclaimed()]).toEqual([null, false]);
});

test('a ticket from before a login is not shown to, written to by, or linked with whichever account comes next', async () => {
  const given = { tickets: memoryTickets(), vault: memoryVault() };
  const client = testClient(network, given);
  const { ticketNumber } = await client.support.say(message(client, 'Only I may read this'));
  await client.registerWithWords(client.newWords());
  expect(await client.support.ticket()).toBeNull();
  const own = await client.support.say(message(client, 'I am somebody else'));
  expect(own).toMatchObject({ isLinked: true, messages: [{ text: 'I am somebody else' }] });
  expect(own.ticketNumber).not.toBe(ticketNumber);
  await given.vault.leaveAccount();
  expect(await testClient(network, given).support.ticket()).toMatchObject({ ticketNumber, isLinked: false });
});

test('a closed ticket takes nothing more until it is left', async () => {
  const client = testClient(network);
  await client.support.say(message(client, 'Thank you'));
  await network.database.db.updateTable('support_tickets').set({ state: 'closed' }).execute();
  await expect(client.support.say(message(client, 'One more'))).rejects.toMatchObject({
    name: 'TicketClosed',
  });
  await client.support.leave();
  expect((await client.support.say(message(client, 'One more'))).state).toBe('open');
});

test('canary: neither the log, nor the file, nor what the server stored holds a PIN, words, a phone number, a code or a key', async () => {
  const store = memoryLogStore();
  const deviceLog = createDeviceLog({ clock: network.clock, store });
  const client = testClient(network, { deviceLog });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pinOf(pin), noProgress);
  await client.setName('Owner-5912');
  const stranger = testClient(network, { deviceLog });
  const { verificationId } = await stranger.requestPhoneCode(new Secret(phone), 'register', 'en');
  const code = /[0-9]{4}/.exec(network.sent.at(-1)?.text.reveal() ?? '')?.[0] ?? '';
  await stranger.registerWithPhone(verificationId, new Secret(code));
  await expect(stranger.requestPhoneCode(new Secret('+1'), 'login', 'en')).rejects.toMatchObject({
    name: 'InvalidField',
  });
  await stranger.loginWithWords(words);
  await expect(stranger.unlock(pinOf('830519'), noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
  stranger.support.notePage(`/chats/${verificationId}`);
  deviceLog.note({ event: 'bug', name: `PIN ${pin} is wrong` });
  stranger.support.notePage('/unlock');

  const logged = await stranger.support.logLines();
  expect(logged.length).toBeGreaterThan(20);
  expect(logged.join('\n')).toContain('call registerWithPhone ok');
  expect(logged.join('\n')).toContain('page /unlock');
  await stranger.support.sendLogs(message(stranger, 'Here are my logs.'));
  const stored = await network.database.db.selectFrom('support_logs').selectAll().execute();
  expect(stored.map(({ lines }) => lines).join('\n')).toContain('call registerWithPhone ok');

  const places = {
    buffer: await store.read(),
    file: logged.join('\n'),
    server: JSON.stringify(stored.map(({ lines }) => lines)),
  };
  // Words of BIP-39 that a line has of its own, as in `place home`: they say nothing of a phrase.
  const own = new Set(['call', 'enter', 'home', 'page', 'place', 'sign', 'start', 'unlock']);
  const phrase = words.reveal().filter((word) => !own.has(word));
  expect(phrase.length).toBeGreaterThan(8);
  const secrets = [pin, '830519', phone, phone.slice(1), verificationId, 'Owner-5912', ...phrase];
  for (const [place, text] of Object.entries(places)) {
    // A short word may stand inside a name of ours, such as "pin"; a word by itself may not.
    for (const secret of secrets)
      expect(
        new RegExp(`(?<![A-Za-z0-9])${secret.replace('+', '\\+')}(?![A-Za-z0-9])`).test(text),
        place,
      ).toBe(false);
    expect(text, place).not.toMatch(/\d{6}/);
    expect(text, place).not.toMatch(new RegExp(`\\b${code}\\b(?!-)`));
    expect(text, place).not.toMatch(/[A-Za-z0-9_-]{43}/);
  }
  // The control: the same search finds what is planted.
  expect(new RegExp(`(?<![A-Za-z0-9])${pin}(?![A-Za-z0-9])`).test(`${places.file} ${pin}`)).toBe(true);
});
