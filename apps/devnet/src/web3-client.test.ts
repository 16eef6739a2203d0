import {
  createMint,
  getAccount,
  getMint,
  getOrCreateAssociatedTokenAccount,
  mintTo,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
  transferChecked,
} from '@solana/spl-token';
import {
  Connection,
  Keypair,
  LAMPORTS_PER_SOL,
  type PublicKey,
  SystemProgram,
  sendAndConfirmTransaction,
  Transaction,
} from '@solana/web3.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeTestDevnets, openTestDevnet, type TestDevnet } from './testing/test-devnet.ts';

let devnet: TestDevnet;
let connection: Connection;

beforeAll(async () => {
  devnet = await openTestDevnet();
  connection = new Connection(devnet.rpcUrl, { commitment: 'confirmed', wsEndpoint: devnet.webSocketUrl });
});
afterAll(async () => {
  // It has no way to end, and would look for the devnet for ever.
  const socket = Reflect.get(connection, '_rpcWebSocket');
  socket.setAutoReconnect(false);
  socket.close();
  await closeTestDevnets();
});

async function fundedKeypair(): Promise<Keypair> {
  const pair = Keypair.generate();
  const signature = await connection.requestAirdrop(pair.publicKey, 2 * LAMPORTS_PER_SOL);
  const latest = await connection.getLatestBlockhash();
  const { value } = await connection.confirmTransaction({ signature, ...latest });
  expect(value.err).toBeNull();
  return pair;
}

test('unmodified @solana/web3.js transfers in a legacy transaction and reads it back', async () => {
  const payer = await fundedKeypair();
  const friend = Keypair.generate().publicKey;
  const transfer = SystemProgram.transfer({
    fromPubkey: payer.publicKey,
    toPubkey: friend,
    lamports: LAMPORTS_PER_SOL,
  });
  const signature = await sendAndConfirmTransaction(connection, new Transaction().add(transfer), [payer]);
  expect(await connection.getBalance(friend)).toBe(LAMPORTS_PER_SOL);
  const parsed = await connection.getParsedTransaction(signature);
  expect(parsed?.transaction.message.instructions).toMatchObject([
    { parsed: { type: 'transfer', info: { lamports: LAMPORTS_PER_SOL } } },
  ]);
  const plain = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
  expect(plain?.version).toBe('legacy');
  expect(plain?.transaction.message.staticAccountKeys.map(String)).toContain(friend.toBase58());
  const history = await connection.getSignaturesForAddress(friend);
  expect(history).toMatchObject([{ signature, err: null }]);
  expect(await connection.getMultipleAccountsInfo([friend, Keypair.generate().publicKey])).toMatchObject([
    { lamports: LAMPORTS_PER_SOL },
    null,
  ]);
});

test.each([
  ['Token', TOKEN_PROGRAM_ID],
  ['Token-2022', TOKEN_2022_PROGRAM_ID],
])(
  'unmodified @solana/spl-token makes a mint and accounts of %s, mints and transfers',
  async (_, program) => {
    const payer = await fundedKeypair();
    const friend = Keypair.generate().publicKey;
    const of = { commitment: 'confirmed' } as const;
    const mint = await createMint(connection, payer, payer.publicKey, null, 9, undefined, of, program);
    const account = (owner: PublicKey) =>
      getOrCreateAssociatedTokenAccount(connection, payer, mint, owner, false, 'confirmed', of, program);
    const own = await account(payer.publicKey);
    const theirs = await account(friend);
    await mintTo(connection, payer, mint, own.address, payer, 10_000n, [], of, program);
    await transferChecked(
      connection,
      payer,
      own.address,
      mint,
      theirs.address,
      payer,
      400n,
      9,
      [],
      of,
      program,
    );

    expect((await getAccount(connection, theirs.address, 'confirmed', program)).amount).toBe(400n);
    expect((await getMint(connection, mint, 'confirmed', program)).supply).toBe(10_000n);
    const { value } = await connection.getParsedTokenAccountsByOwner(friend, { mint });
    expect(value[0]?.account.data.parsed.info).toMatchObject({ tokenAmount: { amount: '400', decimals: 9 } });
    expect(devnet.bugs).toEqual([]);
  },
);
