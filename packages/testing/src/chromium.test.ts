import { expect, test } from 'vitest';
import { bundledChromiumFits } from './bundled-chromium.ts';
import { findChromium, findInstalled, type Machine } from './chromium.ts';

const machine = (over: Partial<Machine>, ...files: string[]): Machine => ({
  platform: 'linux',
  arch: 'x64',
  env: { PATH: '/usr/local/bin:/usr/bin' },
  isExecutable: (path) => files.includes(path),
  ...over,
});

test('HEXKEY_CHROMIUM wins over every other browser, and a wrong one is said instead of ignored', () => {
  const env = { HEXKEY_CHROMIUM: '/opt/own', PATH: '/usr/bin' };
  expect(findInstalled(machine({ env }, '/opt/own', '/usr/bin/chromium'))).toBe('/opt/own');
  expect(() => findInstalled(machine({ env }, '/usr/bin/chromium'))).toThrow('HEXKEY_CHROMIUM');
});

test('a browser on the PATH comes before the usual install folders', () => {
  const both = ['/opt/google/chrome/chrome', '/usr/local/bin/google-chrome'];
  expect(findInstalled(machine({}, ...both))).toBe('/usr/local/bin/google-chrome');
  expect(findInstalled(machine({ env: {} }, ...both))).toBe('/opt/google/chrome/chrome');
  expect(findInstalled(machine({}))).toBeNull();
});

test('a machine without any browser hears in one line what to install', async () => {
  await expect(findChromium(machine({ platform: 'darwin', arch: 'arm64' }))).rejects.toThrow(
    /^No browser.+$/,
  );
  expect(bundledChromiumFits('linux', 'arm64')).toBe(false);
});
