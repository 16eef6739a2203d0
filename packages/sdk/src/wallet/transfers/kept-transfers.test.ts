import { expect, test } from 'vitest';
import type { Client } from '../../account/client.ts';
import { memoryVault } from '../../storage/memory-vault.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { type KeptTransfer, mostKeptTransfers } from '../wallet-book.ts';
import { amendTransfer, findKept, keepTransfer } from './kept-transfers.ts';

const account = { accountId: '8d0c2f36-6b1c-4c55-9d57-000000000001' } as KeptAccount;
async function clientOfAccount(): Promise<Client> {
  const vault = memoryVault();
  await vault.keepAccount(account);
  return { deps: { vault }, walletChanged: () => undefined } as unknown as Client;
}

function aTransfer(intentId: string, changed: Partial<KeptTransfer> = {}): KeptTransfer {
  return {
    intentId,
    createdAtMs: 1,
    message: Uint8Array.of(1),
    lastValidBlockHeight: 10,
    recipient: '11111111111111111111111111111111',
    recipientHexkeyId: null,
    mint: null,
    amount: '5',
    memo: null,
    chatId: null,
    symbol: 'SOL',
    decimals: 9,
    feeLamports: '5000',
    attempt: 0,
    transaction: null,
    state: 'begun',
    failure: null,
    told: 'nothing',
    isCardSent: false,
    cheatingNodes: [],
    ...changed,
  };
}

test('signed bytes are set once: whatever is written later, the first ones are sent', async () => {
  const client = await clientOfAccount();
  await keepTransfer(client, account, aTransfer('one'));
  const sign = (byte: number) =>
    amendTransfer(client, account, 'one', (each) => ({
      ...each,
      transaction: Uint8Array.of(byte),
      state: 'signed',
    }));
  await sign(1);
  expect((await sign(2)).transaction).toEqual(Uint8Array.of(1));
  expect((await findKept(client, account, 'one'))?.transaction).toEqual(Uint8Array.of(1));
});

test('an intent that is kept stays as it is, whoever brings another payment under it', async () => {
  const client = await clientOfAccount();
  await keepTransfer(client, account, aTransfer('one'));
  await keepTransfer(client, account, aTransfer('one', { amount: '6', message: Uint8Array.of(2) }));
  expect(await findKept(client, account, 'one')).toEqual(aTransfer('one'));
});

test('old payments make room, but for one whose end is not known', async () => {
  const client = await clientOfAccount();
  await keepTransfer(client, account, aTransfer('open', { state: 'signed' }));
  await keepTransfer(client, account, aTransfer('ended', { state: 'confirmed' }));
  for (let count = 0; count < mostKeptTransfers; count += 1)
    await keepTransfer(client, account, aTransfer(`${count}`, { state: 'confirmed' }));
  expect(await findKept(client, account, 'open')).not.toBeNull();
  expect(await findKept(client, account, 'ended')).toBeNull();
});
