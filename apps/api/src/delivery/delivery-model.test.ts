import type { EnvelopePush } from '@hexkey/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newUuid } from '../identifiers.ts';
import { type ChatDevice, chatDevice } from '../testing/chat-device.ts';
import { type ChatSocket, openChatSocket } from '../testing/chat-socket.ts';
import { personWithPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { until } from '../testing/test-socket.ts';

/** Holds the database; devices talk to instances beside it, which come and go. */
let base: TestApi;
let instance: TestApi;
let devices: ChatDevice[];
beforeAll(async () => {
  base = await startTestApi();
  instance = await startTestApi({ beside: base });
  devices = [];
  // Requests go to whichever instance is up, as behind a front door.
  const front: TestApi = {
    ...base,
    get url() {
      return instance.url;
    },
  };
  for (const name of ['Ana', 'Bob', 'Cid', 'Dan'])
    devices.push(await chatDevice(front, await personWithPin(front, name)));
}, 300_000);
afterAll(async () => {
  await instance.close();
  await base.close();
});

/** One device's side of a run. */
interface Side {
  readonly device: ChatDevice;
  socket: ChatSocket;
  /** Frames of this connection that were looked at. */
  looked: number;
  isIn: boolean;
  /** First receipts, oldest first. */
  readonly got: EnvelopePush[];
}

const acts = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('send' as const),
      who: fc.nat(3),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('ack' as const),
      who: fc.nat(3),
      every: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('reconnect' as const), who: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant('member' as const), who: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('crash' as const), who: fc.nat(3) }) },
);

test('whatever is sent, acked, changed and broken in any order: each member device gets each envelope, in order, none after it is out, and nothing stays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 8, maxLength: 22 }), async (script) => {
      const run = await begin();
      for (const act of script) {
        base.clock.advance(1);
        if (act.is === 'send') await Promise.all([...Array(act.count)].map(() => run.send(act.who)));
        else if (act.is === 'ack') run.ack(act.who, act.every);
        else if (act.is === 'reconnect') await run.reconnect(act.who);
        else if (act.is === 'member') await run.changeMember(act.who);
        else await run.crashDuring(act.who);
      }
      await run.end();
    }),
    { numRuns: 5, endOnFailure: true },
  );
}, 300_000);

async function begin() {
  const groupId = newUuid(base.random);
  base.clock.advance(24 * 60 * 60_000);
  for (const device of devices) await device.publish(2);
  const [owner] = devices as [ChatDevice, ...ChatDevice[]];
  expect((await owner.begin(groupId, 'group', devices.slice(1))).status).toBe(200);
  let epoch = 1;
  /** Message ids, each with the devices that must get it. */
  const owed = new Map<string, ReadonlySet<string>>();
  const sides: Side[] = [];
  for (const device of devices)
    sides.push({
      device,
      socket: await openChatSocket(instance, device.person),
      looked: 0,
      isIn: true,
      got: [],
    });
  const [ownerSide] = sides as [Side, ...Side[]];

  /** Notes what came; what was there before is passed over, in whatever order it comes again. */
  const look = (side: Side): EnvelopePush[] => {
    const fresh = side.socket.envelopes.slice(side.looked);
    side.looked = side.socket.envelopes.length;
    const known = new Set(side.got.map(({ envelopeId }) => envelopeId));
    side.got.push(...fresh.filter(({ envelopeId }) => !known.has(envelopeId)));
    return fresh;
  };
  const connect = async (side: Side) => {
    look(side);
    side.socket.close();
    side.socket = await openChatSocket(instance, side.device.person);
    side.looked = 0;
  };
  const owe = (clientMessageId: string, from: Side) =>
    owed.set(
      clientMessageId,
      new Set(sides.filter((side) => side.isIn && side !== from).map(({ device }) => device.deviceId)),
    );
  const newFrame = () => ({
    type: 'send' as const,
    groupId,
    epoch,
    clientMessageId: newUuid(base.random),
    body: base.random(40),
    transient: false,
  });
  const sideOf = (who: number) => sides[who] as Side;

  /** The owner's commit comes back over its socket, behind whatever waits there. */
  const takeOwnCommit = async () => {
    const find = () => ownerSide.got.find((push) => push.kind === 'commit' && push.epoch === epoch - 1);
    await until(() => {
      const fresh = look(ownerSide);
      if (fresh.length > 0) ownerSide.socket.ack(...fresh.map(({ envelopeId }) => envelopeId));
      return find() !== undefined;
    });
    const { envelopeId, body } = find() as EnvelopePush;
    await owner.crypto.receive({ envelopeId, groupId, kind: 'commit', body });
  };
  await takeOwnCommit();

  return {
    async send(who: number) {
      const side = sideOf(who);
      const frame = newFrame();
      const answer = await side.socket.send(frame);
      if (side.isIn) {
        expect(answer.type).toBe('sent');
        owe(frame.clientMessageId, side);
      } else expect(answer).toMatchObject({ reason: 'not_a_member' });
    },
    /** Every so many of what came is acked, the rest comes again on the next connection. */
    ack(who: number, every: number) {
      const side = sideOf(who);
      const ids = look(side).map(({ envelopeId }) => envelopeId);
      const some = ids.filter((_, index) => index % every === 0);
      if (some.length > 0) side.socket.ack(...some);
    },
    reconnect: (who: number) => connect(sideOf(who)),
    async changeMember(who: number) {
      const side = sideOf(who);
      const { crypto } = owner;
      const leaf = (await crypto.members(groupId)).find(({ deviceId }) => deviceId === side.device.deviceId);
      const { devices: claimed } = await owner.claim({
        hexkeyId: await base.hexkeyIdOf(side.device.accountId),
      });
      const add = claimed.map(({ keyPackage }) => Buffer.from(keyPackage, 'base64url'));
      const changes = leaf === undefined ? { add } : { remove: [leaf.leafIndex] };
      expect((await owner.commit(groupId, changes)).status).toBe(200);
      side.isIn = leaf === undefined;
      epoch += 1;
      await takeOwnCommit();
    },
    /** The instance goes down while a message is on its way: whether it was taken is not known, so it is sent again. */
    async crashDuring(who: number) {
      const side = sideOf(who);
      const frame = newFrame();
      const lost = side.socket.send(frame).catch(() => null);
      for (const each of sides) look(each);
      await instance.close();
      await lost;
      instance = await startTestApi({ beside: base });
      for (const each of sides) await connect(each);
      const again = await side.socket.send(frame);
      if (!side.isIn) return expect(again).toMatchObject({ reason: 'not_a_member' });
      expect(again.type).toBe('sent');
      owe(frame.clientMessageId, side);
    },
    async end() {
      const { db } = base.database;
      await until(async () => {
        for (const side of sides) {
          const ids = look(side).map(({ envelopeId }) => envelopeId);
          if (ids.length > 0) side.socket.ack(...ids);
        }
        const left = await db.selectFrom('envelope_queue').select('envelope_id').execute();
        // What was looked at and not acked on this connection comes again on another.
        if (left.length > 0) for (const side of sides) await connect(side);
        return left.length === 0;
      });
      expect(await db.selectFrom('envelopes').select('id').execute()).toEqual([]);
      for (const { device, got, socket } of sides) {
        socket.close();
        const messages = got
          .filter(({ kind }) => kind === 'message')
          .map((push) => push.clientMessageId as string);
        expect(new Set(messages).size).toBe(messages.length);
        const due = [...owed].filter(([, to]) => to.has(device.deviceId)).map(([id]) => id);
        expect(new Set(messages)).toEqual(new Set(due));
        const times = got.map(({ sentAtMs }) => sentAtMs);
        expect(times).toEqual([...times].sort((left, right) => left - right));
        const commits = got.filter(({ kind }) => kind === 'commit').map((push) => push.epoch);
        expect(commits).toEqual([...commits].sort((left, right) => left - right));
      }
    },
  };
}
