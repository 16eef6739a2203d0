import { type ChildProcess, spawn } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionView } from '@hexkey/contract';
import { Secret, verifyEd25519 } from '@hexkey/protocol';
import { bundlePrograms, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportableEngine } from '../node.ts';
import { noPinNotes } from '../pin-notes/pin-notes.ts';
import { withTriedPin } from '../pin-notes/tried-pins.ts';
import { deviceSigner, makeDeviceKey } from './device-key.ts';
import { openDeviceSeal, sealForDevice } from './device-seal.ts';
import { fileVault } from './file-vault.ts';
import { openPrivateFolder, readPrivateFile, writePrivateFile } from './private-file.ts';
import { fromStructuredJson, toStructuredJson } from './structured-json.ts';
import type { KeptAccount } from './vault.ts';

const subtle = webcrypto.subtle as SubtleCrypto;
const engine = exportableEngine(subtle);
const random = seededRandom('file vault');
const entropy = new Secret(random(16));
let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-file-vault-'));
  path = join(folder, 'vault.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const exposed = { name: 'StorageUnavailable', details: { problem: 'exposed' } };

async function account(accountId: string): Promise<KeptAccount> {
  return {
    accountId,
    session: { accountId, sessionId: accountId, state: 'locked' } as SessionView,
    deviceKey: await makeDeviceKey(engine, random),
    entropy: { under: 'device', seal: await sealForDevice(engine, random, entropy) },
    nodeSetHash: random(32),
    onlyCopyOfWords: true,
  };
}

test('what one process keeps the next one signs and opens with', async () => {
  const kept = await account('a');
  await fileVault(path, subtle).keepAccount(kept);
  const found = await fileVault(path, subtle).currentAccount();
  if (found?.entropy?.under !== 'device') throw new Error('not kept');
  expect((await openDeviceSeal(subtle, found.entropy.seal)).reveal()).toEqual(entropy.reveal());
  const message = random(20);
  const signature = await deviceSigner(subtle, found.deviceKey).sign(message);
  expect(verifyEd25519(kept.deviceKey.publicKey, message, signature)).toBe(true);
});

test('the file and its folder are for their owner only', async () => {
  const inner = join(folder, 'a', 'b');
  openPrivateFolder(inner);
  await fileVault(join(inner, 'vault.json'), subtle).keepAccount(await account('a'));
  expect(statSync(inner).mode & 0o777).toBe(0o700);
  expect(statSync(join(inner, 'vault.json')).mode & 0o777).toBe(0o600);
});

test.each([0o640, 0o604, 0o620])('a file with mode %o is refused, and not written over', async (mode) => {
  await fileVault(path, subtle).keepAccount(await account('a'));
  const before = readFileSync(path, 'utf8');
  chmodSync(path, mode);
  await expect(fileVault(path, subtle).currentAccount()).rejects.toMatchObject(exposed);
  await expect(fileVault(path, subtle).keepAccount(await account('b'))).rejects.toMatchObject(exposed);
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('a folder others may enter, and a link in the place of either, are refused', () => {
  chmodSync(folder, 0o750);
  expect(() => openPrivateFolder(folder)).toThrow(expect.objectContaining(exposed));
  chmodSync(folder, 0o700);
  writeFileSync(join(folder, 'elsewhere'), '{}', { mode: 0o600 });
  symlinkSync(join(folder, 'elsewhere'), path);
  expect(() => readPrivateFile(path)).toThrow(expect.objectContaining(exposed));
});

test('a link left under the name of the unfinished file is not written through', () => {
  const elsewhere = join(folder, 'elsewhere');
  symlinkSync(elsewhere, `${path}.new`);
  writePrivateFile(path, 'text');
  expect(existsSync(elsewhere)).toBe(false);
  expect(readPrivateFile(path)).toBe('text');
});

test.each(['', '{"layout":', '{"layout":2}', 'null', '{"layout":1,"accounts":{"$bytes":"?"}}'])(
  'a file that is not ours is refused and kept: %s',
  async (text) => {
    writePrivateFile(path, text);
    const damaged = { name: 'StorageUnavailable', details: { problem: 'damaged' } };
    await expect(fileVault(path, subtle).currentAccount()).rejects.toMatchObject(damaged);
    await expect(fileVault(path, subtle).leaveAccount()).rejects.toMatchObject(damaged);
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);

test('a write that fails has not happened', async () => {
  const vault = fileVault(path, subtle);
  await vault.keepAccount(await account('a'));
  chmodSync(folder, 0o500);
  // A superuser writes wherever it likes.
  if (process.getuid?.() !== 0)
    await expect(vault.keepAccount(await account('b'))).rejects.toMatchObject({
      name: 'StorageUnavailable',
      details: { problem: 'blocked' },
    });
  chmodSync(folder, 0o700);
  await expect(vault.keepAccount({ ...(await account('c')), odd: new Map() } as never)).rejects.toThrow(
    TypeError,
  );
  expect((await vault.currentAccount())?.accountId).toBe('a');
  expect((await fileVault(path, subtle).currentAccount())?.accountId).toBe('a');
});

test('digits that were tried never reach the disk', async () => {
  const vault = fileVault(path, subtle);
  const candidate = { accountId: 'a', pin: new Secret('314159') };
  const tried = await withTriedPin(engine, null, candidate, random(16));
  await vault.changePinNotes('a', () => ({ ...noPinNotes, tried }));
  expect((await vault.pinNotes('a')).tried).toEqual(tried);
  expect((await fileVault(path, subtle).pinNotes('a')).tried).toBe(null);
  expect(readFileSync(path, 'utf8')).not.toContain('HMAC');
});

test('killed at any moment of a write, a process leaves what it had written before', async () => {
  const [program] = await bundlePrograms(['packages/sdk/src/storage/file-vault.ts']);
  const source = `
    import { fileVault } from ${JSON.stringify(program)};
    const vault = fileVault(${JSON.stringify(path)}, crypto.subtle);
    const padding = 'x'.repeat(400_000);
    for (let n = 0; ; n += 1) {
      await vault.keepAccount({ accountId: 'a', nodeSetHash: new Uint8Array(8), n, padding });
      process.stdout.write(n + '\\n');
    }`;
  for (let round = 0; round < 6; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', source]);
    const told = await lastNumberBeforeKill(child, 20 + round * 7);
    const kept = (await fileVault(path, subtle).currentAccount()) as { n: number; padding: string } | null;
    // The write after the last one that was told may have ended too.
    expect([told, told + 1]).toContain(kept?.n);
    expect(kept?.padding).toHaveLength(400_000);
  }
}, 300_000);

/** Kills the process in the middle of the write after `count` have been told. @returns the last number told */
async function lastNumberBeforeKill(child: ChildProcess, count: number): Promise<number> {
  let output = '';
  const ended = once(child, 'close');
  child.stderr?.pipe(process.stderr);
  child.stdout?.on('data', (chunk) => {
    output += chunk;
    if (output.split('\n').length > count) child.kill('SIGKILL');
  });
  await ended;
  return Number(output.trimEnd().split('\n').at(-1));
}

test('bytes and keys survive as JSON; what a vault does not keep is refused', async () => {
  const value = { a: [1, 'two', null, true], b: { bytes: random(5) } };
  expect(await fromStructuredJson(subtle, await toStructuredJson(subtle, value))).toEqual(value);
  for (const bad of [{ a: new Date(0) }, { a: Number.NaN }, { $bytes: 'AA' }, [undefined]])
    await expect(toStructuredJson(subtle, bad)).rejects.toThrow(TypeError);
  const { privateKey } = (await makeDeviceKey(subtle, random)) as { privateKey: CryptoKey };
  await expect(toStructuredJson(subtle, { privateKey })).rejects.toThrow('not extractable');
});
