import { fixedClock, seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stores, storesOf } from '../database/stores.ts';
import { type Transact, transactOn } from '../database/transact.ts';
import { newUuid } from '../identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { envelopesStore, type NewEnvelope } from './envelopes.store.ts';
import type { SentId } from './sent-ids.store.ts';

const random = seededRandom('acks');
const clock = fixedClock('2030-01-01');
let database: TestDatabase;
let stores: Stores;
let transact: Transact;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = storesOf(database.db);
  transact = transactOn(database.db);
});
afterAll(() => database.close());

const sender = { account_id: newUuid(random), device_id: newUuid(random) };
const ownOther = { account_id: sender.account_id, device_id: newUuid(random) };
const others = [0, 1, 2].map(() => ({ account_id: newUuid(random), device_id: newUuid(random) }));
const devices = [ownOther, ...others];

/** Envelopes, each for some of the devices. */
async function queue(addressed: readonly (readonly number[])[]): Promise<NewEnvelope[]> {
  const group = newUuid(random);
  const envelopes = addressed.map(
    (to, position): NewEnvelope => ({
      id: newUuid(random),
      group_id: group,
      kind: 'message',
      epoch: 1,
      sender_account_id: sender.account_id,
      sender_device_id: sender.device_id,
      client_message_id: newUuid(random),
      body: random(10),
      sent_at_ms: clock.now(),
      expires_at_ms: clock.now() + 1000,
      position,
      to: to.map((index) => devices[index] as (typeof devices)[number]),
    }),
  );
  await transact((inside) => inside.envelopes.add(envelopes));
  return envelopes;
}
const sentIdOf = (envelope: NewEnvelope): SentId => ({
  device_id: sender.device_id,
  client_message_id: envelope.client_message_id as string,
  group_id: envelope.group_id,
  envelope_id: envelope.id,
  epoch: envelope.epoch,
  sent_at_ms: envelope.sent_at_ms,
  is_dropped: false,
  expires_at_ms: envelope.expires_at_ms,
});
const left = async () => [
  (await database.db.selectFrom('envelopes').select('id').execute()).length,
  (await database.db.selectFrom('envelope_queue').select('envelope_id').execute()).length,
];

test('acks at once, in any order, twice and for others: nothing stays, nothing is lost, and each message is delivered once', async () => {
  const receivers = fc.uniqueArray(fc.nat(devices.length - 1), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(receivers, { minLength: 1, maxLength: 6 }),
      fc.infiniteStream(fc.nat(1000)),
      async (addressed, choice) => {
        const envelopes = await queue(addressed);
        const pick = () => choice.next().value as number;
        // Every place is acked by its device twice, and once by a device that has no place there.
        const places = envelopes.flatMap(({ id, to }) =>
          [...to, ...to, { device_id: sender.device_id }].map(({ device_id }) => ({
            device_id,
            envelope_id: id,
          })),
        );
        const batches: (typeof places)[] = [[], [], [], []];
        for (const place of places.sort(() => (pick() % 2 ? 1 : -1))) batches[pick() % 4]?.push(place);
        const answers = await Promise.all(
          batches.map((batch) => transact((inside) => inside.envelopes.ack(batch))),
        );
        expect(await left()).toEqual([0, 0]);
        const toOthers = envelopes.filter(({ to }) =>
          to.some(({ account_id }) => account_id !== sender.account_id),
        );
        const delivered = answers.flat().map((each) => each.client_message_id);
        expect(delivered.sort()).toEqual(toOthers.map((each) => each.client_message_id).sort());
      },
    ),
    { numRuns: 12 },
  );
});

test('until the last device has acked, the envelope waits for it with its body', async () => {
  const [envelope] = (await queue([[0, 1, 2]])) as [NewEnvelope];
  const ack = (device: { device_id: string }) =>
    transact((inside) => inside.envelopes.ack([{ device_id: device.device_id, envelope_id: envelope.id }]));
  const waiting = async (device: { device_id: string }) =>
    (await stores.envelopes.list(device.device_id, [], 10, clock.now())).map(({ body }) => Buffer.from(body));
  const [first, second] = others as [(typeof others)[number], (typeof others)[number]];
  expect(await ack(first)).toEqual([]);
  expect(await waiting(first)).toEqual([]);
  expect(await waiting(second)).toEqual([Buffer.from(envelope.body)]);
  expect(await ack(second)).toHaveLength(1);
  expect(await waiting(ownOther)).toHaveLength(1);
  expect(await ack(ownOther)).toEqual([]);
  expect(await left()).toEqual([0, 0]);
});

test('queues of devices that are given up are counted off, in one group or in all', async () => {
  const [inOne] = (await queue([[1, 2]])) as [NewEnvelope];
  await queue([[1], [1, 2]]);
  const [first] = others as [(typeof others)[number]];
  await transact((inside) => inside.envelopes.giveUp([first.device_id], inOne.group_id));
  expect(await left()).toEqual([3, 4]);
  await transact((inside) => inside.envelopes.giveUp(others.map(({ device_id }) => device_id)));
  expect(await left()).toEqual([0, 0]);
});

test('giving up a long queue takes as many statements and parameters as a short one, and what nobody is left to have counts as lost', async () => {
  const [receiver] = others as [(typeof others)[number]];
  const { db } = database;
  const costOf = async (length: number) => {
    const envelopes = await queue(Array.from({ length }, () => [1]));
    await stores.sentIds.add(envelopes.map(sentIdOf));
    const parameters: number[] = [];
    const counted = db.withPlugin({
      transformQuery({ node, queryId }) {
        parameters.push(db.getExecutor().compileQuery(node, queryId).parameters.length);
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await envelopesStore(counted, new Set()).giveUp([receiver.device_id]);
    expect(await left()).toEqual([0, 0]);
    expect(
      (await stores.sentIds.find(envelopes.map(sentIdOf))).filter((sent) => sent.is_dropped),
    ).toHaveLength(length);
    return parameters;
  };
  expect(await costOf(40)).toEqual(await costOf(1));
});
