import { type Secret, toBase64url } from '@hexkey/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { startPushService } from '../testing/push-service.ts';
import { isOutside, knownPushHosts, readEndpoint } from './push-endpoint.ts';
import { httpsPushPort } from './push-port.ts';
import { vapidKey } from './vapid.ts';

test.each([
  'http://fcm.googleapis.com/x',
  'https://evil.example/x',
  'https://fcm.googleapis.com.evil.example/x',
  'https://evilpush.apple.com/x',
  'https://user:secret@fcm.googleapis.com/x',
  'https://127.0.0.1/x',
  'https://[::1]/x',
  'https://2130706433/x',
  'https://localhost/x',
  'ftp://fcm.googleapis.com/x',
  'fcm.googleapis.com',
  `https://fcm.googleapis.com/${'x'.repeat(1024)}`,
])('no push service of a browser: %s', (text) => {
  expect(readEndpoint(text, knownPushHosts)).toBeNull();
});

test('the push services of browsers are asked', () => {
  for (const text of [
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
    'https://db5p.notify.windows.com/w/?token=abc',
  ])
    expect(readEndpoint(text, knownPushHosts)?.href).toBe(text);
});

test('a name that leads inside is not gone to', async () => {
  const service = await startPushService();
  onTestFinished(() => service.close());
  const port = httpsPushPort(['localhost']);
  await expect(port.post(new URL(`${service.origin}/x`), {})).rejects.toMatchObject({
    name: 'InnerAddressError',
  });
  for (const inside of [
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '192.168.1.1',
    '::1',
    '::ffff:127.0.0.1',
    'fe80::1',
    'fd00::1',
    '0.0.0.0',
    'name',
  ])
    expect(isOutside(inside)).toBe(false);
  for (const outside of ['142.250.1.1', '2a00:1450:4001::1']) expect(isOutside(outside)).toBe(true);
});

test('the key is one of P-256 whatever the seed, and the same seed makes the same', () => {
  const seed = { reveal: () => new Uint8Array(32).fill(255) } as Secret<Uint8Array>;
  expect(toBase64url(vapidKey(seed).publicKey)).toBe(toBase64url(vapidKey(seed).publicKey));
  expect(vapidKey(seed).publicKey).toHaveLength(65);
});
