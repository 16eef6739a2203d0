import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionView } from '@hexkey/contract';
import { Secret, verifyEd25519 } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyIdentityBook } from '../identity/identity-book.ts';
import { exportableEngine } from '../node.ts';
import { noPinNotes } from '../pin-notes/pin-notes.ts';
import { withTriedPin } from '../pin-notes/tried-pins.ts';
import { emptyWalletBook } from '../wallet/wallet-book.ts';
import { deviceSigner, makeDeviceKey } from './device-key.ts';
import { openDeviceSeal, sealForDevice } from './device-seal.ts';
import type { Engine } from './engine.ts';
import { fileVault } from './file-vault.ts';
import { handOverAccount, indexedDbVault } from './indexed-db-vault.ts';
import { memoryVault } from './memory-vault.ts';
import { storageRefusal } from './storage-refusal.ts';
import type { KeptAccount } from './vault.ts';

const subtle = webcrypto.subtle as SubtleCrypto;
const random = seededRandom('vault');
const entropy = new Secret(random(16));

async function accountOf(accountId: string, engine: Engine): Promise<KeptAccount> {
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

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-vault-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const newFileVault = () => fileVault(join(mkdtempSync(join(folder, 'vault-')), 'vault.json'), subtle);

describe.each([
  ['memory', memoryVault, subtle],
  ['IndexedDB', indexedDbVault, subtle],
  ['a file', newFileVault, exportableEngine(subtle)],
])('the vault in %s', (_, makeVault, engine) => {
  const account = (accountId: string) => accountOf(accountId, engine);

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

  test('whoever asks after an account was kept or left is told of that, whatever was asked before', async () => {
    const vault = makeVault();
    const accounts = [await account('a'), await account('b')];
    const asked: Promise<KeptAccount | null>[] = [];
    // All the time somebody is being answered.
    const asking = async (isOver: () => boolean) => {
      while (!isOver()) {
        asked.push(vault.currentAccount());
        await new Promise(setImmediate);
      }
    };
    let over = false;
    const noise = asking(() => over);
    for (const kept of [...accounts, ...accounts]) {
      await vault.keepAccount(kept);
      const answers = await Promise.all(Array.from({ length: 5 }, () => vault.currentAccount()));
      expect(answers.map((answer) => answer?.accountId)).toEqual(Array(5).fill(kept.accountId));
    }
    await vault.leaveAccount();
    expect(await vault.currentAccount()).toBe(null);
    over = true;
    await noise;
    expect((await Promise.all(asked)).length).toBeGreaterThan(0);
  });

  test('an amendment changes one account and not which is current; one of nobody does nothing', async () => {
    const vault = makeVault();
    await vault.keepAccount(await account('a'));
    await vault.keepAccount(await account('b'));
    await vault.amendAccount('a', (kept) => ({ ...kept, devicesToForget: ['x'] }));
    await vault.amendAccount('nobody', (kept) => ({ ...kept, devicesToForget: ['x'] }));
    expect((await vault.account('a'))?.devicesToForget).toEqual(['x']);
    expect((await vault.currentAccount())?.accountId).toBe('b');
    expect(await vault.account('nobody')).toBe(null);
  });

  test('amendments at the same time are all kept', async () => {
    const vault = makeVault();
    await vault.keepAccount(await account('a'));
    const add = (name: string) =>
      vault.amendAccount('a', (kept) => ({
        ...kept,
        devicesToForget: [...(kept.devicesToForget ?? []), name],
      }));
    await Promise.all(['x', 'y', 'z'].map(add));
    expect([...((await vault.account('a'))?.devicesToForget ?? [])].sort()).toEqual(['x', 'y', 'z']);
  });

  test('an attempt log stays with its account, goes with it, and is not kept for one that is gone', async () => {
    const vault = makeVault();
    await vault.keepAccount(await account('a'));
    const log = await sealForDevice(engine, random, entropy);
    expect(await vault.attemptLog('a')).toBe(null);
    await vault.keepAttemptLog('a', log);
    await vault.keepAccount({ ...(await account('a')), onlyCopyOfWords: false });
    const kept = (await vault.attemptLog('a')) ?? expect.fail('not kept');
    expect((await openDeviceSeal(engine, kept)).reveal()).toEqual(entropy.reveal());
    await vault.eraseAccount('a');
    await vault.keepAttemptLog('a', log);
    expect(await vault.attemptLog('a')).toBe(null);
    expect(await vault.account('a')).toBe(null);
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

  test('notes about PIN entries stay with their account, whose own record they leave alone, and go with it', async () => {
    const vault = makeVault();
    await vault.keepAccount(await account('a'));
    expect(await vault.pinNotes('a')).toEqual(noPinNotes);
    const tried = await withTriedPin(subtle, null, { accountId: 'a', pin: new Secret('271828') }, random(16));
    await vault.changePinNotes('a', (notes) => ({ ...notes, tried }));
    const ladder = { rung: 2, sinceMs: 5 };
    await vault.changePinNotes('a', (notes) => ({ ...notes, ladder }));
    const kept = await vault.pinNotes('a');
    expect(kept).toMatchObject({ ladder, tried: { marks: [tried.marks[0]] } });
    expect(kept.tried?.key.extractable).toBe(false);
    expect((await vault.currentAccount())?.accountId).toBe('a');
    expect(await vault.pinNotes('b')).toEqual(noPinNotes);
    await vault.eraseAccount('a');
    expect(await vault.pinNotes('a')).toEqual(noPinNotes);
  });

  test('who speaks for whom is kept by account, changed in one step, and goes with the account', async () => {
    const vault = makeVault();
    expect(await vault.identityBook('a')).toEqual(emptyIdentityBook);
    const own = { sessionId: 'a', signatureKey: random(32), credential: null };
    const add = (name: string) =>
      vault.changeIdentityBook('a', (book) => ({
        ...book,
        own,
        pins: {
          ...book.pins,
          [name]: { list: random(9), signature: random(64), standing: 'verified', changedAtMs: null },
        },
      }));
    await add('nobody is kept yet');
    expect(await vault.identityBook('a')).toEqual(emptyIdentityBook);
    await vault.keepAccount(await account('a'));
    await Promise.all(['b', 'c', 'd'].map(add));
    const book = await vault.identityBook('a');
    expect(book.own).toEqual(own);
    expect(Object.keys(book.pins).sort()).toEqual(['b', 'c', 'd']);
    expect(await vault.identityBook('b')).toEqual(emptyIdentityBook);
    await vault.eraseAccount('a');
    expect(await vault.identityBook('a')).toEqual(emptyIdentityBook);
  });

  test('what is kept of the wallet is kept by account, changed in one step, and goes with the account', async () => {
    const vault = makeVault();
    const add = (name: string) =>
      vault.changeWalletBook('a', (book) => ({
        ...book,
        payees: { ...book.payees, [name]: { hexkeyId: '100000000', name } },
        pay: { credentialId: random(9), salt: random(32), sealed: random(99), windowMs: 1, pinAtMs: 2 },
      }));
    await add('nobody is kept yet');
    expect(await vault.walletBook('a')).toEqual(emptyWalletBook);
    await vault.keepAccount(await account('a'));
    await Promise.all(['b', 'c', 'd'].map(add));
    const book = await vault.walletBook('a');
    expect(Object.keys(book.payees).sort()).toEqual(['b', 'c', 'd']);
    expect(book.pay?.salt).toHaveLength(32);
    expect(await vault.walletBook('b')).toEqual(emptyWalletBook);
    await vault.eraseAccount('a');
    expect(await vault.walletBook('a')).toEqual(emptyWalletBook);
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
  const engine = subtle;
  const account = (accountId: string) => accountOf(accountId, engine);

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
    const vault = indexedDbVault();
    await expect(vault.currentAccount()).rejects.toMatchObject({
      name: 'StorageUnavailable',
      details: { problem: 'blocked' },
    });
    // Whoever asks once it is open again is answered.
    vi.restoreAllMocks();
    expect(await vault.currentAccount()).toBe(null);
  });
});

test('a login goes to the seat its account has, although nobody is logged in there any more, and stays at no other', async () => {
  const [own, other] = [indexedDbVault('b'), indexedDbVault(null)];
  await own.keepAccount(await accountOf('account', subtle));
  await handOverAccount('b', null);
  expect((await other.currentAccount())?.accountId).toBe('account');
  expect(await own.currentAccount()).toBeNull();
});

test('a seat where another account is logged in keeps that one', async () => {
  const [own, other] = [indexedDbVault('b'), indexedDbVault(null)];
  await own.keepAccount(await accountOf('new', subtle));
  await other.keepAccount(await accountOf('there', subtle));
  await handOverAccount('b', null);
  expect((await other.currentAccount())?.accountId).toBe('there');
  expect((await own.currentAccount())?.accountId).toBe('new');
});
