import { afterEach, expect, test } from 'vitest';
import { manualTime } from '../testing/manual-time.ts';
import { closeTestDevnets, openTestDevnet } from '../testing/test-devnet.ts';
import { testSigner } from '../testing/test-wallet.ts';

afterEach(closeTestDevnets);

const sol = 1_000_000_000;
const dayMs = 86_400_000;

test('an address gets 20 SOL in 24 hours and at most 5 at once, a restart in between or not', async () => {
  const time = manualTime();
  const devnet = await openTestDevnet(time);
  const [one, other] = await Promise.all([testSigner(1), testSigner(2)]);
  await expect(devnet.call('requestAirdrop', one.address, 5 * sol + 1)).rejects.toMatchObject({
    code: -32602,
  });
  await expect(devnet.call('requestAirdrop', one.address, 0)).rejects.toMatchObject({ code: -32602 });
  // All at once: equal requests in one slot are requests of their own.
  const gifts = await Promise.all([1, 2, 3].map(() => devnet.call('requestAirdrop', one.address, 5 * sol)));
  expect(new Set(gifts).size).toBe(3);
  await devnet.stop();
  const again = await openTestDevnet({ ...time, dataFolder: devnet.dataFolder });
  await again.call('requestAirdrop', one.address, 5 * sol);
  const limit = { code: 429, message: expect.stringContaining('in 24 hours') };
  await expect(again.call('requestAirdrop', one.address, 1)).rejects.toMatchObject(limit);
  await again.call('requestAirdrop', other.address, 5 * sol);
  time.advance(dayMs + 400);
  await again.call('requestAirdrop', one.address, 5 * sol);
  time.advance(400);
  expect((await again.call('getBalance', one.address)).value).toBe(25 * sol);
});

test('requests at the same moment do not get past the limit together', async () => {
  const devnet = await openTestDevnet(manualTime());
  const { address } = await testSigner(1);
  const asked = await Promise.allSettled(
    Array.from({ length: 8 }, () => devnet.call('requestAirdrop', address, 5 * sol)),
  );
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  expect((await devnet.call('getBalance', address, { commitment: 'processed' })).value).toBe(20 * sol);
});

test('the test token is minted by transactions of the faucet, to an account made on the way', async () => {
  const time = manualTime();
  const devnet = await openTestDevnet(time);
  const { testToken } = await devnet.call('hexkeyDevnetInfo');
  expect(testToken).toMatchObject({ mint: devnet.mint, name: 'Test USD', symbol: 'tUSD', decimals: 6 });
  const { address } = await testSigner(1);
  for (const amount of ['250000000', 250_000_000])
    await devnet.call('hexkeyRequestTokens', { address, amount });
  time.advance(400);
  const { value } = await devnet.call(
    'getTokenAccountsByOwner',
    address,
    { mint: testToken.mint },
    { encoding: 'jsonParsed' },
  );
  expect(value).toHaveLength(1);
  expect(value[0].account.data.parsed.info.tokenAmount).toMatchObject({
    amount: '500000000',
    uiAmountString: '500',
  });
  const history = await devnet.call('getSignaturesForAddress', testToken.mint);
  // Two gifts, and the transaction that made the mint.
  expect(history).toHaveLength(3);
  const over = devnet.call('hexkeyRequestTokens', { address, amount: '1000000001' });
  await expect(over).rejects.toMatchObject({ code: -32602 });
});

test('the mint is made once in the life of a ledger', async () => {
  const time = manualTime();
  const first = await openTestDevnet(time);
  await first.stop();
  const second = await openTestDevnet({ ...time, dataFolder: first.dataFolder });
  expect(await second.call('getTransactionCount')).toBe(1);
});
