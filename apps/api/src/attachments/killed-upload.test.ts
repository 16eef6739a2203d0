import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FixedClock } from '@hexkey/testing';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newUuid } from '../identifiers.ts';
import { type ApiProcess, initApi, serveApi } from '../testing/api-process.ts';
import { attachmentTransfer } from '../testing/attachment-transfer.ts';
import { chatDevice } from '../testing/chat-device.ts';
import { personWithPin } from '../testing/journeys.ts';
import type { TestApi } from '../testing/test-api.ts';

let directory: string;
let part: ApiProcess;
/** The first start makes a database: on a busy machine that takes its time. */
const patienceMs = 300_000;
const partBytes = 512 * 1024;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'hexkey-killed-upload-'));
  await initApi(directory);
  part = await serveApi(directory);
}, patienceMs);
afterAll(async () => {
  await part?.kill();
  rmSync(directory, { recursive: true });
});

test(
  'the process is killed amid an upload, again and again: it goes on from what is on the disk, and what comes back is what was sent',
  async () => {
    const random = seededRandom('killed upload');
    const clock = { now: () => Date.now() } as FixedClock;
    const api = {
      random,
      clock,
      get url() {
        return part.url;
      },
    } as TestApi;
    const ana = await chatDevice(api, await personWithPin(api, 'Ana'));
    const groupId = newUuid(random);
    expect((await ana.begin(groupId, 'group', [])).status).toBe(200);
    const bytes = random(6 * partBytes);
    const id = newUuid(random);
    const create = { body: { attachmentId: id, groupId, lengthBytes: bytes.length } };
    expect((await ana.call('createAttachment', create)).status).toBe(204);
    const transfer = attachmentTransfer(api, ana.person);
    const offsetOf = async () => Number((await transfer.head(id)).headers.get('upload-offset'));
    const send = (at: number) => transfer.patch(id, at, bytes.subarray(at, at + partBytes));

    for (let deaths = 0; deaths < 3; deaths += 1) {
      const at = await offsetOf();
      expect((await send(at)).status).toBe(204);
      const dying = send(at + partBytes).then(
        ({ status }) => status,
        () => null,
      );
      await part.kill();
      const status = await dying;
      part = await serveApi(directory);
      const after = await offsetOf();
      expect(after).toBeGreaterThanOrEqual(at + partBytes);
      expect(after).toBeLessThanOrEqual(Math.min(bytes.length, at + 2 * partBytes));
      if (status === 204) expect(after).toBe(Math.min(bytes.length, at + 2 * partBytes));
    }
    for (let at = await offsetOf(); at < bytes.length; at = await offsetOf())
      expect((await send(at)).status).toBe(204);
    const { bytes: back } = await transfer.get(id);
    expect(Buffer.from(back).equals(bytes)).toBe(true);
  },
  patienceMs,
);
