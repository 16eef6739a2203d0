import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyPairOfSeed, Secret, toBase58 } from '@hexkey/protocol';
import { keyPayments } from '@hexkey/sdk/node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startLedger, type TestLedger } from '../../../packages/sdk/src/testing/wallet-people.ts';
import { readKeyFile, writeKeyFile, writeNewKeyFile } from './commands/wallet/key-file.ts';
import { runCli } from './testing/run-cli.ts';

// The real program with a file and a real ledger: no server, no nodes, no profile.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let ledger: TestLedger;
let folder = '';
let path = '';
/** RFC 8032, section 7.1, test 1: the scalar that its seed leads to (clamped SHA-512), and its public key. */
const scalar = '307c83864f2833cb427a2ef1c00a013cfdff2768d980c0a3a520f006904de94f';
const address = 'FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z';
const elsewhere = toBase58(keyPairOfSeed(new Secret(new Uint8Array(32).fill(4))).publicKey);

beforeAll(async () => {
  ledger = await startLedger();
  folder = mkdtempSync(join(tmpdir(), 'hexkey-key-'));
  path = join(folder, 'key.json');
  await rpc('requestAirdrop', address, 1_000_000_000);
  await vi.waitUntil(async () => (await lamportsOf(address)) > 0, { timeout: 60_000, interval: 100 });
});
afterAll(async () => {
  await ledger.stop();
  rmSync(folder, { recursive: true });
});

async function rpc<T>(method: string, ...params: unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(ledger.rpcUrl, { method: 'POST', headers, body });
  return ((await response.json()) as { result: T }).result;
}
const lamportsOf = async (of: string) =>
  (await rpc<{ value: number }>('getBalance', of, { commitment: 'confirmed' })).value;
const pay = (lamports: string, ...more: string[]) =>
  runCli(['wallet', 'sign-with-key', path, elsewhere, lamports, '--rpc', ledger.rpcUrl, '--json', ...more], {
    env: { HOME: folder },
    input: [],
  });

test('an exported key pays with an RPC alone; a run that was killed after signing is ended by the next one, which signs nothing', async () => {
  const { reduced } = reduce(scalar);
  writeNewKeyFile(path, { address, scalar: reduced });
  expect(() => writeNewKeyFile(path, { address, scalar: reduced })).toThrow('There is a file');
  expect((await pay('1000000')).code).toBe(2);
  const paid = await pay('1000000', '--confirmed');
  expect(paid.code, paid.errors).toBe(0);
  expect(paid.json()).toMatchObject({ state: 'confirmed' });
  expect(await lamportsOf(elsewhere)).toBe(1_000_000);

  // As a run leaves the file that is killed before it sends.
  const outside = { fetch, timeout: () => new AbortController().signal, apiTimeoutMs: 1 };
  const payments = keyPayments(outside, ledger.rpcUrl, async () => undefined);
  const { file, key } = readKeyFile(path);
  const built = await payments.build(key, { address: elsewhere, mint: null, amount: 2_000_000n, memo: null });
  const transaction = payments.sign(key, built);
  const signature = toBase58(transaction.subarray(1, 65));
  const pending = {
    transaction: Buffer.from(transaction).toString('hex'),
    signature,
    lastValidBlockHeight: built.lastValidBlockHeight,
  };
  writeKeyFile(path, { ...file, pending });
  expect((await pay('5000000', '--confirmed')).json()).toMatchObject({ signature, state: 'confirmed' });
  expect(await lamportsOf(elsewhere)).toBe(3_000_000);
  expect(readKeyFile(path).file.pending).toBeNull();
  for (const { output, errors } of [paid]) expect(output + errors).not.toContain(file.scalar);
});

test('a file that was changed pays nothing', async () => {
  const text = readFileSync(path, 'utf8');
  const other = JSON.parse(text) as { address: string };
  writeKeyFile(path, { ...JSON.parse(text), address: elsewhere });
  expect(other.address).toBe(address);
  const refused = await pay('1000000', '--confirmed');
  expect(refused).toMatchObject({ code: 2, errors: expect.stringContaining('It was changed') });
});

/** A clamped scalar modulo the order of the group (RFC 8032, section 5.1), little-endian. */
function reduce(hex: string): { readonly reduced: Secret<Uint8Array> } {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const value = BigInt(`0x${Buffer.from(hex, 'hex').reverse().toString('hex')}`) % order;
  const bytes = Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
  return { reduced: new Secret(Uint8Array.from(bytes)) };
}
