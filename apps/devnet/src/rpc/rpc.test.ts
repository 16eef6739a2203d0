import { randomBytes } from 'node:crypto';
import { type Blockhash, getBase58Decoder } from '@solana/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manualTime } from '../testing/manual-time.ts';
import { closeTestDevnets, openTestDevnet, postRpc, type TestDevnet } from '../testing/test-devnet.ts';
import { sendTransfer, signedWire, testSigner, transferOf } from '../testing/test-wallet.ts';

const time = manualTime();
let devnet: TestDevnet;
let address: string;
let signature: string;
const versions = { maxSupportedTransactionVersion: 0 } as const;

beforeAll(async () => {
  devnet = await openTestDevnet(time);
  const payer = await testSigner(1);
  address = payer.address;
  await devnet.call('requestAirdrop', address, 2_000_000_000);
  signature = await sendTransfer(devnet, payer, (await testSigner(2)).address, 1_000_000n);
  time.advance(400);
});
afterAll(async () => {
  expect(devnet.bugs).toEqual([]);
  await closeTestDevnets();
});

const invalid: readonly (readonly [string, readonly unknown[], RegExp])[] = [
  ['getBalance', [], /parameter 1 is missing/],
  ['getBalance', [7], /parameter 1 must be string/],
  ['getBalance', ['0'.repeat(40)], /parameter 1 must match pattern/],
  ['getBalance', ['1'.repeat(33)], /not an address of 32 bytes/],
  ['getBalance', ['1'.repeat(32), { commitment: 'soon' }], /parameter 2/],
  ['getBalance', ['1'.repeat(32), {}, 1], /at most 2, got 3/],
  ['getBalance', ['1'.repeat(32), { minContextSlot: -1 }], /parameter 2/],
  ['getMultipleAccounts', [Array(101).fill('1'.repeat(32))], /parameter 1/],
  ['getAccountInfo', ['1'.repeat(32), { encoding: 'base64+zstd' }], /parameter 2/],
  ['getSignatureStatuses', [['1'.repeat(70)]], /not a signature of 64 bytes/],
  ['getSignaturesForAddress', ['1'.repeat(32), { limit: 1001 }], /parameter 2/],
  ['getSignaturesForAddress', ['1'.repeat(32), { commitment: 'processed' }], /below `confirmed`/],
  ['sendTransaction', ['****', { encoding: 'base64' }], /invalid base64 encoding/],
  ['sendTransaction', ['0OIl'], /invalid base58 encoding/],
  ['sendTransaction', ['AQID', { encoding: 'base64' }], /failed to deserialize transaction/],
  [
    'sendTransaction',
    [Buffer.alloc(1300).toString('base64'), { encoding: 'base64' }],
    /too large: 1300 bytes/,
  ],
  ['sendTransaction', ['A'.repeat(100_00), { encoding: 'base64' }], /too large/],
  ['getFeeForMessage', ['AAAA'], /no signers/],
  ['getTokenAccountBalance', ['1'.repeat(32)], /could not find account/],
  ['getTokenSupply', ['1'.repeat(32)], /could not find mint/],
  [
    'getTokenAccountsByOwner',
    ['1'.repeat(32), { programId: '1'.repeat(32) }],
    /unrecognized Token program id/,
  ],
  ['getTokenAccountsByOwner', ['1'.repeat(32), { mint: '1'.repeat(32) }], /could not find mint/],
  ['getTokenAccountsByOwner', ['1'.repeat(32), {}], /parameter 2/],
  ['requestAirdrop', ['1'.repeat(32), 1.5], /parameter 2/],
  ['requestAirdrop', ['1'.repeat(32), 2 ** 60], /parameter 2/],
  ['hexkeyRequestTokens', [{ address: '1'.repeat(32), amount: '-5' }], /parameter 1/],
];

test.each(invalid)('%s %j is refused with -32602 and why', async (method, params, why) => {
  await expect(devnet.call(method, ...params)).rejects.toMatchObject({
    code: -32602,
    message: expect.stringMatching(why),
  });
});

test('random bytes as a transaction are refused, never a fault', async () => {
  for (let round = 0; round < 60; round += 1) {
    const text = randomBytes(1 + round * 20).toString('base64');
    await expect(devnet.call('simulateTransaction', text, { encoding: 'base64' })).rejects.toMatchObject({
      code: -32602,
    });
  }
});

test('bytes after the transaction are refused: they would be another text of the same one', async () => {
  const { value } = await devnet.call('getLatestBlockhash');
  const payer = await testSigner(1);
  const wire = await signedWire(payer, value.blockhash, [transferOf(payer, payer.address, 1n)]);
  const longer = Buffer.concat([Buffer.from(wire, 'base64'), Buffer.from([0])]).toString('base64');
  await expect(devnet.call('sendTransaction', longer, { encoding: 'base64' })).rejects.toMatchObject({
    code: -32602,
  });
});

test.each([
  ['{', { error: { code: -32700 }, id: null }],
  ['[]', { error: { code: -32600 }, id: null }],
  ['{"jsonrpc":"2.0","id":3}', { error: { code: -32600 }, id: 3 }],
  ['{"jsonrpc":"1.0","id":3,"method":"getSlot"}', { error: { code: -32600 }, id: 3 }],
  ['{"jsonrpc":"2.0","id":"x","method":"getBlockProduction"}', { error: { code: -32601 }, id: 'x' }],
  ['{"jsonrpc":"2.0","id":null,"method":"getHealth"}', { result: 'ok', id: null }],
])('%s is answered as JSON-RPC says', async (body, answer) => {
  expect(await (await postRpc(devnet.rpcUrl, body)).json()).toMatchObject({ jsonrpc: '2.0', ...answer });
});

test('the bytes of programs, asked for a hundred times, do not fill the memory', async () => {
  // Where Token-2022 has its code: 600 kB.
  const program = 'DoU57AYuPFu2QU514RktNPG22QhApEjnKxnBcu4BHDTY';
  const settings = { encoding: 'base64' };
  await expect(devnet.call('getMultipleAccounts', Array(100).fill(program), settings)).rejects.toMatchObject({
    code: -32602,
  });
  const sliced = { ...settings, dataSlice: { offset: 0, length: 4 } };
  expect(await devnet.call('getMultipleAccounts', Array(100).fill(program), sliced)).toMatchObject({
    value: Array(100).fill({ space: 615_981 }),
  });
  const one = { jsonrpc: '2.0', id: 1, method: 'getAccountInfo', params: [program, settings] };
  const answer = await (await postRpc(devnet.rpcUrl, JSON.stringify(Array(100).fill(one)))).text();
  expect(answer.length).toBeLessThan(22 * 1024 * 1024);
  expect((JSON.parse(answer) as unknown[]).at(-1)).toMatchObject({ error: { code: -32600 } });
});

test('a batch is answered in order, without its notifications', async () => {
  const one = (id: unknown, method: string) => ({ jsonrpc: '2.0', id, method });
  const batch = [one(1, 'getHealth'), one(undefined, 'getSlot'), one(2, 'nothing'), 5];
  const answers = await (await postRpc(devnet.rpcUrl, JSON.stringify(batch))).json();
  expect(answers).toMatchObject([
    { id: 1, result: 'ok' },
    { id: 2, error: { code: -32601 } },
    { id: null, error: { code: -32600 } },
  ]);
  const silent = await postRpc(devnet.rpcUrl, JSON.stringify([one(undefined, 'getSlot')]));
  expect([silent.status, await silent.text()]).toEqual([204, '']);
  const many = await postRpc(devnet.rpcUrl, JSON.stringify(Array(101).fill(one(1, 'getHealth'))));
  expect(await many.json()).toMatchObject({ error: { code: -32600 } });
});

test('what is no JSON-RPC over POST is refused before it is read', async () => {
  const large = await postRpc(devnet.rpcUrl, `"${'x'.repeat(51_200)}"`);
  expect(large.status).toBe(413);
  expect((await fetch(devnet.rpcUrl)).status).toBe(405);
  expect((await fetch(devnet.rpcUrl, { method: 'POST', body: '{}' })).status).toBe(415);
  expect((await fetch(new URL('/ledger/x', devnet.rpcUrl))).status).toBe(404);
  const health = await fetch(new URL('/health', devnet.rpcUrl));
  expect(await health.json()).toMatchObject({ status: 'ok', part: 'devnet' });
});

test('a slot that is not reached yet answers -32016 with the slot that is', async () => {
  const slot = await devnet.call('getSlot');
  await expect(devnet.call('getBalance', address, { minContextSlot: slot + 1 })).rejects.toMatchObject({
    code: -32016,
    data: { contextSlot: slot },
  });
  expect((await devnet.call('getBalance', address, { minContextSlot: slot })).context.slot).toBe(slot);
});

test('a version that the caller does not know answers -32015', async () => {
  await expect(devnet.call('getTransaction', signature)).rejects.toMatchObject({ code: -32015 });
  expect(await devnet.call('getTransaction', signature, versions)).toMatchObject({ version: 0 });
});

test('lamports beyond 2^53 are written digit by digit', async () => {
  const { transaction } = await devnet.call('getTransaction', signature, versions);
  const [entry] = (await devnet.call('getSignaturesForAddress', address)).slice(-1);
  const airdrop = await devnet.call('getTransaction', entry.signature, versions);
  const faucet = airdrop.transaction.message.accountKeys[0];
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getBalance', params: [faucet] });
  // Half a billion SOL, less the mint and its fees, less the airdrop and its fee.
  expect(await (await postRpc(devnet.rpcUrl, body)).text()).toContain('"value":499999997998523400');
  expect(transaction.message.accountKeys[0]).toBe(address);
});

test('accounts come in the encoding that was asked for', async () => {
  const info = async (config?: object) => (await devnet.call('getAccountInfo', devnet.mint, config)).value;
  const { data } = await info({ encoding: 'base64' });
  expect([data[1], Buffer.from(data[0], 'base64').length]).toEqual(['base64', 82]);
  const bytes = getBase58Decoder().decode(Buffer.from(data[0], 'base64'));
  expect((await info({ encoding: 'base58' })).data).toEqual([bytes, 'base58']);
  expect((await info()).data).toBe(bytes);
  const slice = await info({ encoding: 'base64', dataSlice: { offset: 44, length: 1 } });
  expect(slice).toMatchObject({ data: ['Bg==', 'base64'], space: 82 });
  const program = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL';
  await expect(devnet.call('getAccountInfo', program, { encoding: 'base58' })).rejects.toMatchObject({
    code: -32600,
  });
});

test('history is paged by signature, newest first', async () => {
  const all: { signature: string }[] = await devnet.call('getSignaturesForAddress', address);
  expect(all.map((one) => one.signature)[0]).toBe(signature);
  const before = await devnet.call('getSignaturesForAddress', address, { before: signature });
  expect(before).toEqual(all.slice(1));
  const until = await devnet.call('getSignaturesForAddress', address, { until: all[1]?.signature });
  expect(until).toEqual(all.slice(0, 1));
  expect(await devnet.call('getSignaturesForAddress', address, { limit: 1 })).toEqual(all.slice(0, 1));
});

test('the fee that is asked for is the fee that is taken', async () => {
  const payer = await testSigner(1);
  const budget = (kind: number, write: (view: DataView) => void) => {
    const data = new Uint8Array(kind === 2 ? 5 : 9);
    data[0] = kind;
    write(new DataView(data.buffer));
    return { programAddress: 'ComputeBudget111111111111111111111111111111' as typeof payer.address, data };
  };
  const price = (microLamports: bigint) => budget(3, (view) => view.setBigUint64(1, microLamports, true));
  const limit = (units: number) => budget(2, (view) => view.setUint32(1, units, true));
  const memo = {
    programAddress: 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr' as typeof payer.address,
    data: new TextEncoder().encode('fee'),
  };
  const transfer = transferOf(payer, (await testSigner(2)).address, 1n);
  const cases = [
    [transfer],
    [price(1_000_000n), transfer],
    [price(7n), limit(50_000), transfer],
    [price(3000n), memo],
  ];
  for (const instructions of cases) {
    const { value } = await devnet.call('getLatestBlockhash');
    const wire = await signedWire(payer, value.blockhash, instructions);
    const message = Buffer.from(wire, 'base64').subarray(65).toString('base64');
    const { value: fee } = await devnet.call('getFeeForMessage', message);
    const sent = await devnet.call('sendTransaction', wire, { encoding: 'base64' });
    time.advance(400);
    expect((await devnet.call('getTransaction', sent, versions)).meta.fee).toBe(fee);
  }
});

test('a simulation changes nothing and takes a message without signatures or with an old blockhash', async () => {
  const payer = await testSigner(1);
  const to = (await testSigner(3)).address;
  const old = '11111111111111111111111111111111' as Blockhash;
  const wire = Buffer.from(await signedWire(payer, old, [transferOf(payer, to, 1_000_000n)]), 'base64');
  const text = wire.fill(0, 1, 65).toString('base64');
  const encoding = 'base64';
  const simulate = async (config: object) =>
    (await devnet.call('simulateTransaction', text, { encoding, ...config })).value;
  expect(await simulate({})).toMatchObject({ err: 'BlockhashNotFound' });
  const replaced = await simulate({
    replaceRecentBlockhash: true,
    accounts: { addresses: [to], encoding },
  });
  expect(replaced).toMatchObject({ err: null, accounts: [{ lamports: 1_000_000 }], fee: 5000 });
  expect(replaced.replacementBlockhash.blockhash).toMatch(/^\w{32,44}$/);
  await expect(simulate({ replaceRecentBlockhash: true, sigVerify: true })).rejects.toMatchObject({
    code: -32602,
  });
  expect((await devnet.call('getBalance', to, { commitment: 'processed' })).value).toBe(0);
});
