import { expect, test } from 'vitest';
import { keyPairOfSeed } from '../account/ed25519.ts';
import { Secret } from '../encoding/secret.ts';
import { deviceKeyThumbprint } from '../pin/node-token.ts';
import { deviceCode, isDeviceCode } from './device-code.ts';

const account = '0b6f4a0e-5d1c-4f6b-9f0a-2c7d9e1b3a55';
const thumbprintOf = (seed: number) =>
  deviceKeyThumbprint(keyPairOfSeed(new Secret(new Uint8Array(32).fill(seed))).publicKey);

test('the code of a device is twenty digits of its key and account, and nobody else’s', () => {
  const code = deviceCode(account, thumbprintOf(1));
  expect(code).toMatch(/^(\d{5} ){3}\d{5}$/);
  expect(deviceCode(account, thumbprintOf(1))).toBe(code);
  expect(deviceCode(account, thumbprintOf(2))).not.toBe(code);
  expect(deviceCode('1b6f4a0e-5d1c-4f6b-9f0a-2c7d9e1b3a55', thumbprintOf(1))).not.toBe(code);
});

test('it is typed with any spaces, and whole', () => {
  const code = deviceCode(account, thumbprintOf(1));
  const is = (typed: string) => isDeviceCode(typed, account, thumbprintOf(1));
  for (const typed of [code, code.replaceAll(' ', ''), ` ${code.replaceAll(' ', '-')} `])
    expect(is(typed)).toBe(true);
  for (const typed of ['', code.slice(0, -1), `${code}0`, deviceCode(account, thumbprintOf(2))])
    expect(is(typed)).toBe(false);
});
