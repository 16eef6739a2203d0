import {
  type Address,
  airdropFactory,
  appendTransactionMessageInstructions,
  assertIsSendableTransaction,
  assertIsTransactionWithBlockhashLifetime,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  generateKeyPairSigner,
  getBase64EncodedWireTransaction,
  getSignatureFromTransaction,
  type Instruction,
  lamports,
  pipe,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
  type TransactionSigner,
} from '@solana/kit';
import { getTransferSolInstruction } from '@solana-program/system';
import {
  findAssociatedTokenPda,
  getCreateAssociatedTokenIdempotentInstruction,
  getTransferCheckedInstruction,
} from '@solana-program/token';
import { afterEach, expect, test } from 'vitest';
import { closeTestDevnets, openTestDevnet, type TestDevnet } from './testing/test-devnet.ts';

afterEach(closeTestDevnets);

const memoProgram = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr' as Address;
const tokenProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address;

test('unmodified @solana/kit airdrops, transfers with a memo, and reads balance and history', async () => {
  const { rpc, rpcSubscriptions, signed, sendAndConfirm } = kitOver(await openTestDevnet());
  const [payer, friend] = await Promise.all([generateKeyPairSigner(), generateKeyPairSigner()]);
  await airdropFactory({ rpc, rpcSubscriptions })({
    commitment: 'confirmed',
    recipientAddress: payer.address,
    lamports: lamports(2_000_000_000n),
  });
  const transfer = getTransferSolInstruction({
    source: payer,
    destination: friend.address,
    amount: 500_000_000n,
  });
  const memo = { programAddress: memoProgram, data: new TextEncoder().encode('for the soup') };
  const transaction = await signed(payer, [transfer, memo]);
  await sendAndConfirm(transaction, { commitment: 'confirmed' });

  expect((await rpc.getBalance(payer.address).send()).value).toBe(1_499_995_000n);
  const signature = getSignatureFromTransaction(transaction);
  const [entry, airdrop] = await rpc.getSignaturesForAddress(payer.address).send();
  expect(entry).toMatchObject({ signature, err: null, memo: '[12] for the soup' });
  expect(airdrop).toMatchObject({ err: null, memo: null });
  const shown = await rpc
    .getTransaction(signature, { encoding: 'jsonParsed', maxSupportedTransactionVersion: 0 })
    .send();
  expect(shown?.transaction.message.instructions).toMatchObject([
    {
      program: 'system',
      parsed: {
        type: 'transfer',
        info: { source: payer.address, destination: friend.address, lamports: 500_000_000n },
      },
    },
    { program: 'spl-memo', parsed: 'for the soup' },
  ]);
  expect(shown?.meta).toMatchObject({ err: null, fee: 5000n });
  const { value: statuses } = await rpc.getSignatureStatuses([signature]).send();
  expect(statuses).toMatchObject([{ confirmationStatus: 'finalized', confirmations: null, err: null }]);
});

test('unmodified @solana/kit sends the test token to an account it makes, and hears of it by subscription', async () => {
  const devnet = await openTestDevnet();
  const { rpc, rpcSubscriptions, signed, sendAndConfirm } = kitOver(devnet);
  const [payer, friend] = await Promise.all([generateKeyPairSigner(), generateKeyPairSigner()]);
  await devnet.call('requestAirdrop', payer.address, 1_000_000_000);
  await devnet.call('hexkeyRequestTokens', { address: payer.address, amount: '25000000' });
  const { mint } = devnet;
  const [from] = await findAssociatedTokenPda({ owner: payer.address, mint, tokenProgram });
  const [to] = await findAssociatedTokenPda({ owner: friend.address, mint, tokenProgram });

  const stop = new AbortController();
  const heard = await rpcSubscriptions
    .accountNotifications(to, { commitment: 'confirmed', encoding: 'jsonParsed' })
    .subscribe({ abortSignal: stop.signal });
  // The client drops what comes before somebody asks.
  const first = heard[Symbol.asyncIterator]().next();
  const transaction = await signed(payer, [
    getCreateAssociatedTokenIdempotentInstruction({ payer, ata: to, owner: friend.address, mint }),
    getTransferCheckedInstruction({
      source: from,
      mint,
      destination: to,
      authority: payer,
      amount: 1_500_000n,
      decimals: 6,
    }),
  ]);
  await sendAndConfirm(transaction, { commitment: 'confirmed' });
  expect((await first).value).toMatchObject({
    value: { data: { parsed: { info: { tokenAmount: { uiAmountString: '1.5' } } } } },
  });
  stop.abort();

  const { value: accounts } = await rpc
    .getTokenAccountsByOwner(friend.address, { programId: tokenProgram }, { encoding: 'jsonParsed' })
    .send();
  expect(accounts).toMatchObject([
    {
      pubkey: to,
      account: {
        data: { program: 'spl-token', parsed: { type: 'account', info: { mint, owner: friend.address } } },
      },
    },
  ]);
  expect((await rpc.getTokenAccountBalance(from).send()).value).toMatchObject({
    amount: '23500000',
    uiAmountString: '23.5',
  });
  expect((await rpc.getTokenSupply(mint).send()).value).toMatchObject({ amount: '25000000', decimals: 6 });
  const shown = await rpc
    .getTransaction(getSignatureFromTransaction(transaction), {
      encoding: 'jsonParsed',
      maxSupportedTransactionVersion: 0,
    })
    .send();
  expect(shown?.transaction.message.instructions).toMatchObject([
    {
      program: 'spl-associated-token-account',
      parsed: { type: 'createIdempotent', info: { wallet: friend.address } },
    },
    {
      program: 'spl-token',
      parsed: { type: 'transferChecked', info: { tokenAmount: { amount: '1500000' } } },
    },
  ]);
  const amounts = (balances: NonNullable<NonNullable<typeof shown>['meta']>['preTokenBalances']) =>
    Object.fromEntries((balances ?? []).map((one) => [one.owner, one.uiTokenAmount.amount]));
  expect(amounts(shown?.meta?.preTokenBalances)).toEqual({ [payer.address]: '25000000' });
  expect(amounts(shown?.meta?.postTokenBalances)).toEqual({
    [payer.address]: '23500000',
    [friend.address]: '1500000',
  });
  expect(devnet.bugs).toEqual([]);
});

test('unmodified @solana/kit simulates, asks for fees, and is told what a transaction lacks', async () => {
  const devnet = await openTestDevnet();
  const { rpc, signed } = kitOver(devnet);
  const [payer, friend] = await Promise.all([generateKeyPairSigner(), generateKeyPairSigner()]);
  await devnet.call('requestAirdrop', payer.address, 1_000_000_000);
  const tooMuch = await signed(payer, [
    getTransferSolInstruction({ source: payer, destination: friend.address, amount: 2_000_000_000n }),
  ]);
  const wire = getBase64EncodedWireTransaction(tooMuch);
  const { value: simulated } = await rpc.simulateTransaction(wire, { encoding: 'base64' }).send();
  expect(simulated.err).toEqual({ InstructionError: [0n, { Custom: 1n }] });
  expect(simulated.logs?.join()).toContain('insufficient lamports');
  await expect(rpc.sendTransaction(wire, { encoding: 'base64' }).send()).rejects.toMatchObject({
    context: { __code: -32002, logs: expect.arrayContaining([expect.stringContaining('insufficient')]) },
  });
  expect((await rpc.getBalance(payer.address, { commitment: 'processed' }).send()).value).toBe(
    1_000_000_000n,
  );
  const message = Buffer.from(tooMuch.messageBytes).toString('base64');
  expect((await rpc.getFeeForMessage(message as never).send()).value).toBe(5000n);
  expect(await rpc.getMinimumBalanceForRentExemption(165n).send()).toBe(2_039_280n);
});

/** The client as anybody would set it up. */
function kitOver({ rpcUrl, webSocketUrl }: TestDevnet) {
  const rpc = createSolanaRpc(rpcUrl);
  const rpcSubscriptions = createSolanaRpcSubscriptions(webSocketUrl);
  return {
    rpc,
    rpcSubscriptions,
    sendAndConfirm: sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions }),
    async signed(payer: TransactionSigner, instructions: readonly Instruction[]) {
      const { value: blockhash } = await rpc.getLatestBlockhash().send();
      const message = pipe(
        createTransactionMessage({ version: 0 }),
        (one) => setTransactionMessageFeePayerSigner(payer, one),
        (one) => setTransactionMessageLifetimeUsingBlockhash(blockhash, one),
        (one) => appendTransactionMessageInstructions(instructions, one),
      );
      const transaction = await signTransactionMessageWithSigners(message);
      assertIsSendableTransaction(transaction);
      assertIsTransactionWithBlockhashLifetime(transaction);
      return transaction;
    },
  };
}
