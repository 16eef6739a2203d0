import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FixedClock } from '@hexkey/testing';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbedded } from '../database/open-database.ts';
import { newUuid } from '../identifiers.ts';
import { type ApiProcess, initApi, serveApi } from '../testing/api-process.ts';
import { chatDevice } from '../testing/chat-device.ts';
import { type ChatSocket, openChatSocket } from '../testing/chat-socket.ts';
import { personWithPin } from '../testing/journeys.ts';
import type { TestApi } from '../testing/test-api.ts';
import { until } from '../testing/test-socket.ts';

let directory: string;
let part: ApiProcess;
/** The first start makes a database: on a busy machine that takes its time. */
const patienceMs = 300_000;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'hexkey-killed-'));
  await initApi(directory);
  part = await serveApi(directory);
}, patienceMs);
afterAll(async () => {
  await part?.kill();
  rmSync(directory, { recursive: true });
});

test(
  'the process is killed amid a burst of messages and acks: what it said to have is there, what is sent again is there once, and nothing stays',
  async () => {
    const random = seededRandom('killed');
    const clock = { now: () => Date.now() } as FixedClock;
    const hexkeyIds = new Map<string, string>();
    const api = {
      random,
      clock,
      get url() {
        return part.url;
      },
      hexkeyIdOf: async (accountId: string) => hexkeyIds.get(accountId) as string,
    } as TestApi;
    const people = [await personWithPin(api, 'Ana'), await personWithPin(api, 'Bob')] as const;
    for (const { device, session } of people) {
      const account = await device.call('getAccount', { as: { sessionId: session.sessionId } });
      hexkeyIds.set(session.accountId, (account.body as { hexkeyId: string }).hexkeyId);
    }
    const [ana, bob] = [await chatDevice(api, people[0]), await chatDevice(api, people[1])];
    await bob.publish();
    const groupId = newUuid(random);
    expect((await ana.begin(groupId, 'direct', [bob])).status).toBe(200);

    const frames = [...Array(300)].map(() => ({
      type: 'send' as const,
      groupId,
      epoch: 1,
      clientMessageId: newUuid(random),
      body: random(400),
      transient: false,
    }));
    const got = new Map<string, number>();
    const listen = (socket: ChatSocket) => {
      let looked = 0;
      return () => {
        const fresh = socket.envelopes.slice(looked);
        looked = socket.envelopes.length;
        for (const push of fresh)
          if (push.kind === 'message') got.set(push.clientMessageId as string, push.sentAtMs);
        if (fresh.length > 0) socket.ack(...fresh.slice(0, 100).map(({ envelopeId }) => envelopeId));
        return got.size;
      };
    };
    const said = new Map<string, number>();
    for (const dieAfter of [60, 150, null]) {
      const [atAna, atBob] = [await openChatSocket(api, people[0]), await openChatSocket(api, people[1])];
      const look = listen(atBob);
      const sending = frames.map(async (frame) => {
        const answer = await atAna.send(frame).catch(() => null);
        if (answer?.type !== 'sent') return;
        // The same message is answered with the time of the first.
        expect(said.get(frame.clientMessageId) ?? answer.sentAtMs).toBe(answer.sentAtMs);
        said.set(frame.clientMessageId, answer.sentAtMs);
      });
      await until(() => look() >= (dieAfter ?? frames.length));
      if (dieAfter !== null) {
        await part.kill();
        await Promise.all(sending);
        part = await serveApi(directory);
        continue;
      }
      await Promise.all(sending);
      const ids = frames.map(({ clientMessageId }) => clientMessageId);
      await until(async () => {
        look();
        const asked = [ids.slice(0, 100), ids.slice(100, 200), ids.slice(200)];
        return (await Promise.all(asked.map((each) => atAna.ask(each)))).flat().length === frames.length;
      });
      await until(() => atAna.envelopes.length > 0);
      atAna.ack(...atAna.envelopes.map(({ envelopeId }) => envelopeId));
      expect(await atAna.ask([])).toEqual([]);
      expect(got).toEqual(said);
    }
    await part.kill();
    const { db, close } = await openEmbedded(directory);
    const rows = await db.selectFrom('envelopes').select('kind').execute();
    await close();
    // The last acks may have been on their way: a message is not among what is left.
    expect(rows.filter(({ kind }) => kind === 'message')).toEqual([]);
  },
  patienceMs,
);
