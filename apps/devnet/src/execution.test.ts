import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DKG_Round2, Key } from '@noble/curves/abstract/frost.js';
import { ed25519_FROST } from '@noble/curves/ed25519.js';
import { type Address, getAddressDecoder } from '@solana/kit';
import Database from 'libsql';
import { afterEach, expect, test } from 'vitest';
import { manualTime } from './testing/manual-time.ts';
import { closeTestDevnets, openTestDevnet } from './testing/test-devnet.ts';
import { sendTransfer, signedWire, testSigner, transferOf, unsignedTransfer } from './testing/test-wallet.ts';

afterEach(closeTestDevnets);

const slotMs = 400;
const base64 = { encoding: 'base64' } as const;
const sol = 1_000_000_000;

test('one message under two valid FROST signatures executes once, after a restart too', async () => {
  const time = manualTime();
  const devnet = await openTestDevnet(time);
  const group = frostGroup();
  await devnet.call('requestAirdrop', group.address, 2 * sol);
  const { value: latest } = await devnet.call('getLatestBlockhash');
  const message = unsignedTransfer(
    group.address,
    (await testSigner(2)).address,
    500_000_000n,
    latest.blockhash,
  );
  const [first, second] = [group.sign(message), group.sign(message)];
  expect(first).not.toEqual(second);
  const wire = (signature: Uint8Array) => Buffer.from([1, ...signature, ...message]).toString('base64');

  const signature = await devnet.call('sendTransaction', wire(first), base64);
  const processed = { code: -32002, data: { err: 'AlreadyProcessed' } };
  await expect(devnet.call('sendTransaction', wire(second), base64)).rejects.toMatchObject(processed);
  await expect(devnet.call('sendTransaction', wire(first), base64)).rejects.toMatchObject(processed);
  await devnet.call('sendTransaction', wire(second), { ...base64, skipPreflight: true });
  const longer = Buffer.concat([Buffer.from(wire(second), 'base64'), Buffer.from([0])]).toString('base64');
  await expect(devnet.call('sendTransaction', longer, base64)).rejects.toMatchObject({ code: -32602 });
  await devnet.stop();

  const again = await openTestDevnet({ ...time, dataFolder: devnet.dataFolder });
  expect((await again.call('isBlockhashValid', latest.blockhash)).value).toBe(true);
  await expect(again.call('sendTransaction', wire(second), base64)).rejects.toMatchObject(processed);
  await again.call('sendTransaction', wire(second), { ...base64, skipPreflight: true });
  time.advance(slotMs);
  expect((await again.call('getBalance', group.address)).value).toBe(1_499_995_000);
  expect((await again.call('getSignaturesForAddress', group.address))[0]).toMatchObject({ signature });
  expect(await again.call('getSignaturesForAddress', group.address)).toHaveLength(2);
});

test('a blockhash serves for 150 slots, and not one longer', async () => {
  const time = manualTime();
  const devnet = await openTestDevnet(time);
  const payer = await testSigner(1);
  await devnet.call('requestAirdrop', payer.address, 2 * sol);
  const { value: latest } = await devnet.call('getLatestBlockhash');
  const to = (await testSigner(2)).address;
  const [inTime, late] = await Promise.all(
    [1_000_000n, 2_000_000n].map((amount) =>
      signedWire(payer, latest.blockhash, [transferOf(payer, to, amount)]),
    ),
  );
  const slot: number = await devnet.call('getSlot', { commitment: 'processed' });
  time.advance((latest.lastValidBlockHeight - slot) * slotMs);
  expect(await devnet.call('getBlockHeight', { commitment: 'processed' })).toBe(latest.lastValidBlockHeight);
  expect((await devnet.call('isBlockhashValid', latest.blockhash)).value).toBe(true);
  await devnet.call('sendTransaction', inTime, base64);
  time.advance(slotMs);
  expect((await devnet.call('isBlockhashValid', latest.blockhash)).value).toBe(false);
  await expect(devnet.call('sendTransaction', late, base64)).rejects.toMatchObject({
    code: -32002,
    message: 'Transaction simulation failed: Blockhash not found',
    data: { err: 'BlockhashNotFound' },
  });
  await devnet.call('sendTransaction', late, { ...base64, skipPreflight: true });
  time.advance(slotMs);
  expect((await devnet.call('getBalance', to)).value).toBe(1_000_000);
});

test('what happened in the open slot is processed, and confirmed and finalized once that slot is closed', async () => {
  const time = manualTime();
  const devnet = await openTestDevnet(time);
  const [payer, friend] = await Promise.all([testSigner(1), testSigner(2)]);
  await devnet.call('requestAirdrop', payer.address, 2 * sol);
  time.advance(slotMs);
  const signature = await sendTransfer(devnet, payer, friend.address, 1_000_000n);
  const balance = async (commitment?: string) =>
    (await devnet.call('getBalance', friend.address, commitment && { commitment })).value;
  const status = async () => (await devnet.call('getSignatureStatuses', [signature])).value[0];
  expect([await balance('processed'), await balance('confirmed'), await balance()]).toEqual([
    1_000_000, 0, 0,
  ]);
  expect(await status()).toMatchObject({ confirmationStatus: 'processed', confirmations: 0 });
  expect(await devnet.call('getTransaction', signature, { maxSupportedTransactionVersion: 0 })).toBeNull();
  expect(await devnet.call('getSignaturesForAddress', friend.address)).toEqual([]);
  time.advance(slotMs);
  expect([await balance('confirmed'), await balance()]).toEqual([1_000_000, 1_000_000]);
  expect(await status()).toMatchObject({ confirmationStatus: 'finalized', confirmations: null });
  expect(await devnet.call('getSignaturesForAddress', friend.address)).toMatchObject([{ signature }]);
});

test('a clock that is set back stops no slot and brings none back', async () => {
  const time = manualTime();
  const devnet = await openTestDevnet(time);
  time.advance(10 * slotMs);
  const slot = await devnet.call('getSlot');
  time.advance(-3_600_000);
  expect(await devnet.call('getSlot')).toBe(slot);
  time.advance(2 * slotMs);
  expect(await devnet.call('getSlot')).toBe(slot + 2);
});

test('a failed execution costs its fee and is in the log with its reason', async () => {
  const time = manualTime();
  const devnet = await openTestDevnet(time);
  const [payer, friend] = await Promise.all([testSigner(1), testSigner(2)]);
  await devnet.call('requestAirdrop', payer.address, sol);
  const { value } = await devnet.call('getLatestBlockhash');
  const wire = await signedWire(payer, value.blockhash, [transferOf(payer, friend.address, 5_000_000_000n)]);
  const signature = await devnet.call('sendTransaction', wire, { ...base64, skipPreflight: true });
  time.advance(slotMs);
  const err = { InstructionError: [0, { Custom: 1 }] };
  const shown = await devnet.call('getTransaction', signature, { maxSupportedTransactionVersion: 0 });
  expect(shown.meta).toMatchObject({ err, fee: 5000, status: { Err: err } });
  expect((await devnet.call('getBalance', payer.address)).value).toBe(sol - 5000);
});

test('a signature that is missing, altered or by somebody else moves nothing', async () => {
  const devnet = await openTestDevnet(manualTime());
  const [payer, friend] = await Promise.all([testSigner(1), testSigner(2)]);
  await devnet.call('requestAirdrop', payer.address, sol);
  const { value } = await devnet.call('getLatestBlockhash');
  const wire = Buffer.from(
    await signedWire(payer, value.blockhash, [transferOf(payer, friend.address, 1_000_000n)]),
    'base64',
  );
  const missing = Buffer.from(wire).fill(0, 1, 65);
  const altered = Buffer.from(wire);
  altered.writeUInt8(altered.readUInt8(5) ^ 1, 5);
  const otherAmount = Buffer.from(wire);
  // The transfer's lamports are the last 8 bytes before the empty list of lookup tables.
  otherAmount.writeUInt8(otherAmount.readUInt8(wire.length - 4) ^ 1, wire.length - 4);
  for (const forged of [missing, altered, otherAmount]) {
    const text = forged.toString('base64');
    await expect(devnet.call('sendTransaction', text, base64)).rejects.toMatchObject({ code: -32003 });
    await devnet.call('sendTransaction', text, { ...base64, skipPreflight: true });
  }
  expect((await devnet.call('getBalance', payer.address, { commitment: 'processed' })).value).toBe(sol);
});

test('an execution that cannot be written down has not happened', async () => {
  const devnet = await openTestDevnet(manualTime());
  const [payer, friend] = await Promise.all([testSigner(1), testSigner(2)]);
  await devnet.call('requestAirdrop', payer.address, sol);
  const other = new Database(join(devnet.dataFolder, 'ledger.sqlite'));
  other.exec(
    "create trigger refuse before insert on transactions begin select raise(abort, 'disk full'); end",
  );
  await expect(sendTransfer(devnet, payer, friend.address, 1_000_000n)).rejects.toMatchObject({
    code: -32603,
  });
  expect(devnet.bugs).toHaveLength(1);
  const balance = async (address: Address) =>
    (await devnet.call('getBalance', address, { commitment: 'processed' })).value;
  expect([await balance(payer.address), await balance(friend.address)]).toEqual([sol, 0]);
  other.exec('drop trigger refuse');
  other.close();
  await sendTransfer(devnet, payer, friend.address, 1_000_000n);
  expect(await balance(friend.address)).toBe(1_000_000);
});

test('the keys of the faucet are their owner’s to read, stay the same, and are not replaced when damaged', async () => {
  const devnet = await openTestDevnet(manualTime());
  const path = join(devnet.dataFolder, 'devnet-keys.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await devnet.stop();
  const again = await openTestDevnet({ ...manualTime(), dataFolder: devnet.dataFolder });
  expect(again.mint).toBe(devnet.mint);
  await again.stop();
  const file = readFileSync(path, 'utf8');
  writeFileSync(path, file.slice(0, 100));
  await expect(openTestDevnet({ dataFolder: devnet.dataFolder })).rejects.toThrow(
    /^devnet-keys.json cannot be read/,
  );
  expect(readFileSync(path, 'utf8')).toBe(file.slice(0, 100));
});

/** Two of two made one key together; nonces are new in every signature, so that no two signatures are equal. */
function frostGroup() {
  const random = (lengthBytes = 32) => Uint8Array.from(randomBytes(lengthBytes));
  const { DKG, Identifier } = ed25519_FROST;
  const [first, second] = [1, 2].map((number) => {
    const id = Identifier.fromNumber(number);
    return { id, ...DKG.round1(id, { min: 2, max: 2 }, undefined, random) };
  }) as [Dealing, Dealing];
  const [fromFirst, fromSecond] = [
    DKG.round2(first.secret, [second.public])[second.id],
    DKG.round2(second.secret, [first.public])[first.id],
  ] as [DKG_Round2, DKG_Round2];
  const keys = [
    DKG.round3(first.secret, [second.public], [fromSecond]),
    DKG.round3(second.secret, [first.public], [fromFirst]),
  ];
  const shared = (keys[0] as Key).public;
  return {
    address: getAddressDecoder().decode(shared.commitments[0] as Uint8Array),
    sign(message: Uint8Array): Uint8Array {
      const rounds = keys.map(({ secret }) => ({ secret, ...ed25519_FROST.commit(secret, random) }));
      const list = rounds.map(({ commitments }) => commitments);
      const shares = rounds.map(({ secret, nonces }) => [
        secret.identifier,
        ed25519_FROST.signShare(secret, shared, nonces, list, message),
      ]);
      return ed25519_FROST.aggregate(shared, list, message, Object.fromEntries(shares));
    },
  };
}

type Dealing = { readonly id: string } & ReturnType<typeof ed25519_FROST.DKG.round1>;
