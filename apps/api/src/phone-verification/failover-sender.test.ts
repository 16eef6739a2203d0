import { Secret } from '@hexkey/protocol';
import { expect, test } from 'vitest';
import { failoverSender } from './failover-sender.ts';
import { SmsFailedError, type SmsMessage } from './sms-sender.ts';

const message: SmsMessage = {
  to: new Secret('+4915112345678'),
  text: new Secret('1234 is your code'),
  locale: 'en',
  purpose: 'login',
};

/** Providers that fail so many times each; what was tried, in order. */
function providersThatFail(times: Record<string, number>) {
  const tried: string[] = [];
  const left = { ...times };
  const providers = Object.keys(times).map((name) => ({
    name,
    sender: {
      async send() {
        tried.push(name);
        left[name] = (left[name] ?? 0) - 1;
        if ((left[name] ?? 0) >= 0) throw new SmsFailedError(`${name}: refused`);
      },
    },
  }));
  return { tried, providers };
}

test('the first provider that takes a message is the last that is asked', async () => {
  const { tried, providers } = providersThatFail({ a: 0, b: 0 });
  await failoverSender(providers, () => undefined).send(message);
  expect(tried).toEqual(['a']);
});

test('a provider that fails is followed by the next; when all failed, all are asked once more', async () => {
  const { tried, providers } = providersThatFail({ a: 2, b: 1 });
  const failures: string[] = [];
  await failoverSender(providers, (name, reason) => failures.push(`${name} ${reason}`)).send(message);
  expect(tried).toEqual(['a', 'b', 'a', 'b']);
  expect(failures).toEqual(['a a: refused', 'b b: refused', 'a a: refused']);
});

test('when nobody takes it the caller hears so, and no failure holds number or text', async () => {
  const { tried, providers } = providersThatFail({ a: 9, b: 9 });
  const failures: string[] = [];
  const sender = failoverSender(providers, (name, reason) => failures.push(`${name} ${reason}`));
  await expect(sender.send(message)).rejects.toBeInstanceOf(SmsFailedError);
  expect(tried).toHaveLength(4);
  expect(failures.join()).not.toMatch(/1234|4915/);
});

test('a fault that is no refusal is a bug and goes up at once', async () => {
  const broken = { name: 'a', sender: { send: () => Promise.reject(new TypeError('bug')) } };
  await expect(failoverSender([broken, broken], () => undefined).send(message)).rejects.toThrow('bug');
});
