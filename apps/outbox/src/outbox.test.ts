import { Secret } from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { outboxAccess } from './access.ts';
import { readConfig } from './config.ts';
import { memoryMessages } from './messages.ts';
import { outbox } from './outbox.ts';

const token = 'a-token-of-twenty-or-more';
const bearer = { authorization: `Bearer ${token}` };
const sms = { to: '+15550100', text: 'Your code is <1234>', locale: 'en', purpose: 'register' };
const anOutbox = (capacity = 10) =>
  outbox(
    memoryMessages(fixedClock('2030-01-01T12:00:00Z'), capacity),
    outboxAccess(new Secret(token), seededRandom('outbox')),
  );
const form = (offered: string) => ({
  method: 'POST' as const,
  url: '/session',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  payload: `token=${offered}`,
});

test('nobody without the token puts a message in or reads one', async () => {
  const app = anOutbox();
  await app.inject({ method: 'POST', url: '/messages', headers: bearer, payload: sms });
  for (const authorization of ['', 'Bearer wrong', `Basic ${token}`, `Bearer ${token}x`]) {
    const headers = { authorization };
    expect((await app.inject({ url: '/messages', headers })).statusCode).toBe(401);
    const refused = await app.inject({ method: 'POST', url: '/messages', headers, payload: sms });
    expect(refused.statusCode).toBe(401);
  }
  expect((await app.inject({ url: `/?token=${token}` })).body).not.toContain('1234');
});

test('messages are listed newest first and only so many are kept', async () => {
  const app = anOutbox(2);
  for (const text of ['one', 'two', 'three'])
    await app.inject({ method: 'POST', url: '/messages', headers: bearer, payload: { ...sms, text } });
  const { messages } = (await app.inject({ url: '/messages', headers: bearer })).json();
  expect(messages.map((message: { text: string }) => message.text)).toEqual(['three', 'two']);
});

test('a malformed message is refused and not kept', async () => {
  const app = anOutbox();
  for (const payload of [{}, { ...sms, to: 7 }, { ...sms, text: 'x'.repeat(1001) }]) {
    const refused = await app.inject({ method: 'POST', url: '/messages', headers: bearer, payload });
    expect(refused.statusCode).toBe(400);
  }
  expect((await app.inject({ url: '/messages', headers: bearer })).json()).toEqual({ messages: [] });
});

test('a browser trades the token for a cookie that is not the token and that scripts cannot read', async () => {
  const app = anOutbox();
  await app.inject({ method: 'POST', url: '/messages', headers: bearer, payload: sms });
  expect((await app.inject(form('wrong'))).statusCode).toBe(403);
  const opened = await app.inject(form(token));
  const cookie = String(opened.headers['set-cookie']);
  expect(opened.headers.location).toBe('/');
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  expect(cookie).not.toContain(token);
  const page = await app.inject({ url: '/', headers: { cookie: `other=1; ${cookie.split(';')[0]}` } });
  expect(page.body).toContain('Your code is &lt;1234&gt;');
  expect(page.headers['content-security-policy']).not.toContain('unsafe');
});

test('a start without a strong token is refused', () => {
  expect(() => readConfig({ HEXKEY_OUTBOX_PORT: '1', HEXKEY_OUTBOX_TOKEN: 'short' })).toThrow('TOKEN');
  expect(String(readConfig({ HEXKEY_OUTBOX_PORT: '1', HEXKEY_OUTBOX_TOKEN: token }).token)).toBe(
    '[redacted]',
  );
});
