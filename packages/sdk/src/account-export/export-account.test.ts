import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(3);
});
afterAll(() => network.stop());

const pin = pinOf('271828');

test('the owner gets a file that says what it is, for the PIN; a wrong one counts as everywhere and gives nothing', async () => {
  const client = testClient(network);
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  await client.setName('Ada Lovelace');
  await expect(client.exportAccount(pinOf('314159'), noProgress)).rejects.toMatchObject({
    name: 'WrongPin',
    details: { attemptsLeft: 4 },
  });
  const steps: number[] = [];
  const text = await client.exportAccount(pin, noProgress, (done) => steps.push(done));
  const file = JSON.parse(text) as {
    readme: string[];
    holdings: Record<string, { about: string; records: Record<string, unknown>[] }>;
  };
  expect(file.readme.length).toBeGreaterThan(1);
  expect(file.holdings.accounts?.records).toMatchObject([{ name: 'Ada Lovelace', pin_state: 'set' }]);
  expect(file.holdings.sessions?.records).toHaveLength(1);
  expect(file.holdings.log_entries?.records.map(({ operation }) => operation)).toContain('openAccountExport');
  expect(steps.at(-1)).toBe(Object.keys(file.holdings).length);
  // One word is in other texts too; three in a row are not.
  for (const secret of [pin.reveal(), words.reveal().slice(0, 3).join(' ')])
    expect(text).not.toContain(secret);
  await client.settled();
});
