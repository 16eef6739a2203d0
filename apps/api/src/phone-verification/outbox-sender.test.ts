import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outboxSender } from './outbox-sender.ts';
import { SmsFailedError } from './sms-sender.ts';

const received: { authorization: string | undefined; body: unknown }[] = [];
let status = 201;
const server = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  received.push({ authorization: request.headers.authorization, body: JSON.parse(text) });
  response.writeHead(status).end();
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const message = {
  to: new Secret('+4915112345678'),
  text: new Secret('1234 is your code'),
  locale: 'en',
  purpose: 'login',
} as const;

test('a message is posted with the token in a header', async () => {
  await outboxSender(url, new Secret('token')).send(message);
  expect(received).toEqual([
    {
      authorization: 'Bearer token',
      body: { to: '+4915112345678', text: '1234 is your code', locale: 'en', purpose: 'login' },
    },
  ]);
});

test('an outbox that refuses or is away fails without naming number, text or token', async () => {
  status = 500;
  const refused = outboxSender(url, new Secret('token')).send(message);
  await expect(refused).rejects.toThrow(new SmsFailedError('outbox: status 500'));
  const away = outboxSender('http://127.0.0.1:1/messages', new Secret('token')).send(message);
  await expect(away).rejects.toThrow(SmsFailedError);
  await expect(away).rejects.not.toThrow(/4915|1234|token/);
});
