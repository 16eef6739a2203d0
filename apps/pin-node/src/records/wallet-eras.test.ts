import { cborMap, decodeCbor, encodeCbor, Secret } from '@hexkey/protocol';
import { expect, test } from 'vitest';
import type { CommittedShare } from '../wallet/wallet-state.ts';
import { changeRecord } from './change-record.ts';
import { memoryStore } from './memory-store.ts';
import { emptyRecord, type PinRecord } from './pin-record.ts';
import { decodeRecord, encodeRecord } from './record-codec.ts';

const bytes = (length: number) => new Uint8Array(length).fill(1);
const dayMs = 24 * 3_600_000;
const limit = { attempts: 5, windowMs: dayMs };
const limits = { provenDevice: limit, words: limit, newDevice: limit };
const committed: CommittedShare = {
  ceremony: bytes(16),
  package: {
    epoch: 1,
    nodeSetHash: bytes(32),
    min: 2,
    max: 3,
    commitments: [bytes(32)],
    verifyingShares: [],
  },
  key: { identifier: 1, share: new Secret(bytes(32)) },
  founder: null,
  pinAuthKey: bytes(32),
  sealedShares: null,
};
const empty = emptyRecord(0);
const record: PinRecord = {
  ...empty,
  wallet: { ...empty.wallet, committed, exporting: { device: bytes(32), begunAtMs: 3 } },
  throttle: {
    ...empty.throttle,
    devices: [{ caller: 'key:a', lastRightAtMs: 7, enrolledAtMs: 5, wrongInARow: 0 }],
  },
};

async function readAt(time: {
  era: number;
  eraStartMs: number;
  restored: { era: number; atMs: number } | null;
}) {
  const store = memoryStore();
  await store.replace(bytes(32), 0, record, { entries: [], forgetBeforeMs: null });
  const owner = { realmId: bytes(16), user: { tenant: 'hexkey', userId: 'alice' } };
  const place = { recordId: bytes(32), owner, time: { nowMs: 2 * dayMs, ...time } };
  return changeRecord<PinRecord>({ store, limits }, place, (found) => ({ keep: found }));
}

test('an export of the key is not continued by a node that does not know how long it has waited, or whether it was cancelled', async () => {
  const atMs = 2 * dayMs;
  const known = await readAt({ era: 0, eraStartMs: 0, restored: null });
  expect(known.wallet.exporting).not.toBeNull();
  expect(
    (await readAt({ era: 1, eraStartMs: atMs, restored: { era: 1, atMs } })).wallet.exporting,
  ).toBeNull();
  expect((await readAt({ era: 1, eraStartMs: atMs, restored: null })).wallet.exporting).toBeNull();
});

test('a node whose database was set back counts every limit of a wallet as used up for a day', async () => {
  const atMs = 2 * dayMs;
  const { wallet } = await readAt({ era: 1, eraStartMs: atMs, restored: { era: 1, atMs } });
  expect(wallet.spending.fullUntilMs).toBe(atMs + dayMs);
  expect((await readAt({ era: 0, eraStartMs: 0, restored: null })).wallet.spending.fullUntilMs).toBe(0);
});

test('after a clock that had jumped was confirmed, every device is on hold anew', async () => {
  const { throttle, wallet } = await readAt({ era: 1, eraStartMs: 2 * dayMs, restored: null });
  expect(throttle.devices).toMatchObject([{ enrolledAtMs: 2 * dayMs, lastRightAtMs: 0 }]);
  expect(wallet.spending.fullUntilMs).toBe(0);
});

test('a row from before wallets has none, and its devices are enrolled since their last right PIN', () => {
  const row = new Map(decodeCbor(encodeRecord(record)) as Map<string, never>);
  row.delete('wallet');
  const older = encodeCbor(
    cborMap({ ...Object.fromEntries(row), devices: [['key:a', 7, 0]] } as Parameters<typeof cborMap>[0]),
  );
  const read = decodeRecord(older);
  expect(read.wallet).toBe(empty.wallet);
  expect(read.throttle.devices).toEqual([
    { caller: 'key:a', lastRightAtMs: 7, enrolledAtMs: 7, wrongInARow: 0 },
  ]);
});
