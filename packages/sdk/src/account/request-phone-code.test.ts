import { Secret } from '@hexkey/protocol';
import { expect, test } from 'vitest';
import { startNetwork } from '../testing/network.ts';
import { testClient } from '../testing/test-client.ts';
import type { ApiClient } from '../transport/api-client.ts';
import type { Client } from './client.ts';
import { phoneCodeRequests } from './request-phone-code.ts';

test('a new code ends the one this page asked for before, and each page knows its own only', async () => {
  const bodies: unknown[] = [];
  const api = {
    async call(_: unknown, { body }: { body: unknown }) {
      bodies.push(body);
      return { verificationId: `code ${bodies.length}`, resendAtMs: 0, expiresAtMs: 0 };
    },
  } as unknown as ApiClient;
  const deps = {} as Client['deps'];
  const phone = new Secret('+4915112345678');
  const request = phoneCodeRequests({ api, deps });
  await request(phone, 'login', 'en');
  await request(phone, 'login', 'en');
  await phoneCodeRequests({ api, deps })(phone, 'login', 'zh');
  const asked = { phone: phone.reveal(), purpose: 'login' };
  expect(bodies).toEqual([
    { ...asked, locale: 'en' },
    { ...asked, locale: 'en', replaces: 'code 1' },
    { ...asked, locale: 'zh' },
  ]);
});

test('the eleventh code of an address in an hour costs work, which the client does by itself', async () => {
  const network = await startNetwork(2);
  try {
    let puzzles = 0;
    const client = testClient(network, {
      fetch(url, init) {
        if (url.endsWith('/captchas')) puzzles += 1;
        return fetch(url, init);
      },
    });
    const ask = (index: number) =>
      client.requestPhoneCode(new Secret(`+4915112345${600 + index}`), 'login', 'en');
    for (let index = 0; index < 10; index += 1) await ask(index);
    expect(puzzles).toBe(0);
    expect(await ask(10)).toMatchObject({ verificationId: expect.any(String) });
    expect(puzzles).toBe(1);

    // The same for a number that is to be linked; the one that is linked costs nothing.
    const pin = new Secret('271828');
    await client.registerWithWords(client.newWords());
    await client.setPin(pin, () => undefined);
    const flow = await client.recoveryKit.openPhone(pin);
    const phone = new Secret('+4915112345699');
    const { verificationId } = await flow.requestCode(phone, 'en');
    expect(puzzles).toBe(2);
    const code = new Secret(network.sent.at(-1)?.text.reveal().slice(0, 4) ?? '');
    await flow.confirm(verificationId, code, 'en');
    network.clock.advance(61_000);
    await flow.requestCode(null, 'en');
    expect(puzzles).toBe(2);
    flow.close();
    await client.settled();
  } finally {
    await network.stop();
  }
}, 300_000);
