import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import type { SessionView } from '@hexkey/contract';
import { Secret, verifyEd25519 } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deviceSigner, makeDeviceKey } from './device-key.ts';
import { openDeviceSeal, sealForDevice } from './device-seal.ts';
import type { Engine } from './engine.ts';
import { indexedDbVault } from './indexed-db-vault.ts';
import { memoryVault } from './memory-vault.ts';
import { storageRefusal } from './storage-refusal.ts';
import type { KeptAccount } from './vault.ts';

const engine = webcrypto.subtle as Engine;
const random = seededRandom('vault');
const entropy = new Secret(random(16));

async function account(accountId: string): Promise<KeptAccount> {
  const session = { accountId, sessionId: accountId, state: 'locked' } as SessionView;
  return {
    accountId,
    session,
    deviceKey: await makeDeviceKey(engine, random),
    entropy: { under: 'device', seal: await sealForDevice(engine, random, entropy) },
    nodeSetHash: random(32),
    onlyCopyOfWords: true,
  };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each([
  ['memory', memoryVault],
  ['IndexedDB', indexedDbVault],
])('the vault in %s', (_, makeVault) => {
  test('starts empty', async () => {
    const vault = makeVault();
    expect(await vault.currentAccount()).toBe(null);
    expect(await vault.account('nobody')).toBe(null);
    expect(await vault.registration()).toBe(null);
  });

  test('gives back what is kept, with keys that still sign and open', async () => {
    const vault = makeVault();
    const kept = await account('a');
    await vault.keepAccount(kept);
    const found = await vault.currentAccount();
    if (found?.entropy?.under !== 'device') throw new Error('not kept');
    expect(found.session).toEqual(kept.session);
    expect(found.nodeSetHash).toEqual(kept.nodeSetHash);
    expect((await openDeviceSeal(engine, found.entropy.seal)).reveal()).toEqual(entropy.reveal());
    const message = random(20);
    const signature = await deviceSigner(engine, found.deviceKey).sign(message);
    expect(verifyEd25519(kept.deviceKey.publicKey, message, signature)).toBe(true);
  });

  test('the account kept last is current, and the others stay as they were', async () => {
    const vault = makeVault();
    await vault.keepAccount(await account('a'));
    await vault.keepAccount(await account('b'));
    expect((await vault.currentAccount())?.accountId).toBe('b');
    expect((await vault.account('a'))?.accountId).toBe('a');
    await vault.leaveAccount();
    expect(await vault.currentAccount()).toBe(null);
    expect((await vault.account('b'))?.accountId).toBe('b');
  });

  test('an erased account is gone, and another one stays current', async () => {
    const vault = makeVault();
    await vault.keepAccount(await account('a'));
    await vault.keepAccount(await account('b'));
    await vault.eraseAccount('a');
    expect(await vault.account('a')).toBe(null);
    expect((await vault.currentAccount())?.accountId).toBe('b');
    await vault.eraseAccount('b');
    expect(await vault.currentAccount()).toBe(null);
  });

  test('a registration stays until it is dropped', async () => {
    const vault = makeVault();
    const { deviceKey } = await account('a');
    await vault.keepRegistration({ deviceKey, entropy: await sealForDevice(engine, random, entropy) });
    const found = await vault.registration();
    if (found === null) throw new Error('not kept');
    expect((await openDeviceSeal(engine, found.entropy)).reveal()).toEqual(entropy.reveal());
    await vault.dropRegistration();
    expect(await vault.registration()).toBe(null);
  });
});

describe('what rests on a device', () => {
  test('every database is named by its account and versioned', async () => {
    const vault = indexedDbVault();
    await vault.keepAccount(await account('a'));
    const names = (await indexedDB.databases()).map(({ name }) => name);
    expect(names.sort()).toEqual(['hexkey/v1/a', 'hexkey/v1/index']);
  });

  test('no key can be exported, and no seal shows the entropy', async () => {
    const { deviceKey, entropy: kept } = await account('a');
    if (deviceKey.kind !== 'engine' || kept?.under !== 'device') throw new Error('another kind');
    expect(deviceKey.privateKey.extractable).toBe(false);
    expect(kept.seal.key.extractable).toBe(false);
    await expect(webcrypto.subtle.exportKey('raw', kept.seal.key as never)).rejects.toThrow();
    expect(Buffer.from(kept.seal.ciphertext).includes(Buffer.from(entropy.reveal()))).toBe(false);
  });

  test('an engine without Ed25519 gets a seed sealed under a key it cannot export', async () => {
    const without: Engine = {
      encrypt: engine.encrypt.bind(engine),
      decrypt: engine.decrypt.bind(engine),
      sign: engine.sign.bind(engine),
      exportKey: engine.exportKey.bind(engine),
      generateKey: ((algorithm: unknown, ...rest: [boolean, KeyUsage[]]) => {
        if (algorithm === 'Ed25519') throw new DOMException('Unrecognized name.', 'NotSupportedError');
        return engine.generateKey(algorithm as AesKeyGenParams, ...rest);
      }) as Engine['generateKey'],
    };
    const key = await makeDeviceKey(without, random);
    if (key.kind !== 'sealed') throw new Error('another kind');
    expect(key.seed.key.extractable).toBe(false);
    const message = random(20);
    const signature = await deviceSigner(without, key).sign(message);
    expect(verifyEd25519(key.publicKey, message, signature)).toBe(true);
  });

  test('a full disk and a blocked store are refusals with a name, other exceptions are bugs', async () => {
    expect(storageRefusal(new DOMException('', 'QuotaExceededError'))?.details).toEqual({ problem: 'quota' });
    expect(storageRefusal(new DOMException('', 'SecurityError'))?.details).toEqual({ problem: 'blocked' });
    expect(storageRefusal(new TypeError('x is not a function'))).toBe(null);
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('', 'SecurityError');
    });
    await expect(indexedDbVault().currentAccount()).rejects.toMatchObject({
      name: 'StorageUnavailable',
      details: { problem: 'blocked' },
    });
  });
});
