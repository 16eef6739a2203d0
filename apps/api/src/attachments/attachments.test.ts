import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachmentLimits } from '@hexkey/contract';
import { attachmentLayout } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newUuid } from '../identifiers.ts';
import { attachmentTransfer } from '../testing/attachment-transfer.ts';
import { type ChatDevice, chatDevice } from '../testing/chat-device.ts';
import { personWithPin, secondDevice } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { folderBlobs } from './folder-blobs.ts';
import { sweepAttachments } from './sweep-attachments.ts';

const dayMs = 24 * 60 * 60_000;
const folder = mkdtempSync(join(tmpdir(), 'hexkey-attachments-'));
const blobs = folderBlobs(join(folder, 'attachments'));
let api: TestApi;
let ana: ChatDevice;
let bob: ChatDevice;
let bobsPhone: ChatDevice;
let cid: ChatDevice;
let groupId: string;
beforeAll(async () => {
  api = await startTestApi({ blobs });
  ana = await chatDevice(api, await personWithPin(api, 'Ana'));
  const person = await personWithPin(api, 'Bob');
  bob = await chatDevice(api, person);
  bobsPhone = await chatDevice(api, await secondDevice(api, person));
  cid = await chatDevice(api, await personWithPin(api, 'Cid'));
});
/** A group that Ana owns and both devices of Bob are in; Cid is not. */
beforeEach(async () => {
  api.clock.advance(2 * dayMs);
  for (const device of [ana, bob, bobsPhone, cid]) await device.publish(3);
  groupId = newUuid(api.random);
  expect((await ana.begin(groupId, 'group', [bob, bobsPhone])).status).toBe(200);
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

const of = (device: ChatDevice) => attachmentTransfer(api, device.person);
const refused = async (answer: ReturnType<ChatDevice['call']>) => (await answer).refusal?.name ?? 'taken';
const create = (by: ChatDevice, attachmentId: string, lengthBytes: number, into = groupId) =>
  by.call('createAttachment', { body: { attachmentId, groupId: into, lengthBytes } });
const taken = (by: ChatDevice, attachmentId: string) =>
  by.call('takenAttachment', { body: { attachmentId } });
const offsetOf = async (by: ChatDevice, id: string) =>
  Number((await of(by).head(id)).headers.get('upload-offset'));
const isThere = async (id: string) => (await blobs.list()).includes(id);

async function upload(by: ChatDevice, bytes: Uint8Array, partBytes = 40_000): Promise<string> {
  const id = newUuid(api.random);
  expect((await create(by, id, bytes.length)).status).toBe(204);
  for (let at = 0; at < bytes.length; at += partBytes)
    expect((await of(by).patch(id, at, bytes.subarray(at, at + partBytes))).status).toBe(204);
  return id;
}

test('what was uploaded in parts comes back whole and in ranges', async () => {
  const bytes = api.random(100_000);
  const id = await upload(ana, bytes);
  const whole = await of(bob).get(id);
  expect(whole.status).toBe(200);
  expect(Buffer.from(whole.bytes).equals(bytes)).toBe(true);
  expect(whole.headers.get('content-type')).toBe('application/octet-stream');
  const middle = await of(bob).get(id, 'bytes=500-999');
  expect(middle.status).toBe(206);
  expect(middle.headers.get('content-range')).toBe('bytes 500-999/100000');
  expect(Buffer.from(middle.bytes).equals(bytes.subarray(500, 1000))).toBe(true);
  const rest = await of(bob).get(id, 'bytes=99990-');
  expect(Buffer.from(rest.bytes).equals(bytes.subarray(99_990))).toBe(true);
  expect((await of(bob).get(id, 'bytes=100000-')).status).toBe(416);
});

test('an upload goes on where it stopped; a part for another place is refused and changes nothing', async () => {
  const bytes = api.random(1000);
  const id = newUuid(api.random);
  await create(ana, id, 1000);
  expect(await offsetOf(ana, id)).toBe(0);
  await of(ana).patch(id, 0, bytes.subarray(0, 300));
  expect(await offsetOf(ana, id)).toBe(300);
  expect((await of(ana).patch(id, 0, bytes.subarray(0, 300))).status).toBe(409);
  expect((await of(ana).patch(id, 400, bytes.subarray(400))).status).toBe(409);
  expect(await offsetOf(ana, id)).toBe(300);
  expect((await of(bob).get(id)).refusal).toBe('AttachmentGone');
  expect((await of(ana).patch(id, 300, bytes.subarray(300))).status).toBe(204);
  expect(Buffer.from((await of(bob).get(id)).bytes).equals(bytes)).toBe(true);
});

test('a part that was written half when the server was killed is gone on from where the disk ends', async () => {
  const bytes = api.random(1000);
  const id = newUuid(api.random);
  await create(ana, id, 1000);
  await of(ana).patch(id, 0, bytes.subarray(0, 300));
  await blobs.append(id, 300, bytes.subarray(300, 417));
  expect(await offsetOf(ana, id)).toBe(417);
  await of(ana).patch(id, 417, bytes.subarray(417));
  expect(Buffer.from((await of(bob).get(id)).bytes).equals(bytes)).toBe(true);
});

test('a server that was killed after the last byte notices at the next question that the upload is whole', async () => {
  const bytes = api.random(1000);
  const id = newUuid(api.random);
  await create(ana, id, 1000);
  await blobs.append(id, 0, bytes);
  expect((await of(bob).get(id)).refusal).toBe('AttachmentGone');
  expect(await offsetOf(ana, id)).toBe(1000);
  expect(Buffer.from((await of(bob).get(id)).bytes).equals(bytes)).toBe(true);
});

test('parts that are longer than announced, longer than a part may be, not signed for or without the protocol are refused', async () => {
  const id = newUuid(api.random);
  await create(ana, id, 1000);
  expect((await of(ana).patch(id, 0, api.random(1001))).status).toBe(413);
  expect((await of(ana).patch(id, 0, api.random(attachmentLimits.partBytes + 1))).refusal).toBe(
    'InvalidField',
  );
  const other = { 'content-digest': 'sha-256=:AAAA:' };
  expect((await of(ana).patch(id, 0, api.random(10), other)).refusal).toBe('SessionEnded');
  expect((await of(ana).patch(id, 0, api.random(10), { 'tus-resumable': '0.2.2' })).status).toBe(400);
  expect((await of(ana).patch(id, 0, api.random(10), { 'content-type': 'application/json' })).status).toBe(
    400,
  );
  expect(await offsetOf(ana, id)).toBe(0);
});

test('only members announce, only the device that announced uploads, and only members fetch', async () => {
  const id = newUuid(api.random);
  expect(await refused(create(cid, id, 10))).toBe('NotAMember');
  expect(await refused(create(ana, id, 10, newUuid(api.random)))).toBe('NotFound');
  await create(bob, id, 10);
  expect((await of(bobsPhone).patch(id, 0, api.random(10))).refusal).toBe('AttachmentGone');
  expect((await of(ana).head(id)).status).toBe(410);
  await of(bob).patch(id, 0, api.random(10));
  expect((await of(ana).get(id)).status).toBe(200);
  expect((await of(cid).get(id)).refusal).toBe('AttachmentGone');
  expect((await of(ana).get('no-id')).refusal).toBe('AttachmentGone');
});

test('announcing again changes nothing; the id of another one is refused', async () => {
  const id = newUuid(api.random);
  expect(await refused(create(ana, id, 10))).toBe('taken');
  expect(await refused(create(ana, id, 10))).toBe('taken');
  expect(await refused(create(ana, id, 11))).toBe('InvalidField');
  expect(await refused(create(bob, id, 10))).toBe('InvalidField');
});

test('the largest content fits, one byte more is refused with the limit', async () => {
  const longest = attachmentLayout(attachmentLimits.contentBytes).sealedBytes;
  expect(await refused(create(ana, newUuid(api.random), longest))).toBe('taken');
  const answer = await create(ana, newUuid(api.random), longest + 1);
  expect(answer.refusal).toMatchObject({
    name: 'AttachmentTooLarge',
    details: { limitBytes: 100 * 1024 * 1024 },
  });
});

test('an account has room for so much at a time, until something of it is gone', async () => {
  const longest = attachmentLayout(attachmentLimits.contentBytes).sealedBytes;
  const ids = Array.from({ length: 10 }, () => newUuid(api.random));
  api.clock.advance(10 * dayMs);
  for (const id of ids) expect(await refused(create(bob, id, longest))).toBe('taken');
  expect(await refused(create(bob, newUuid(api.random), longest))).toBe('AttachmentSpaceFull');
  expect(await refused(create(ana, newUuid(api.random), longest))).toBe('taken');
  expect((await bob.call('dropAttachment', { body: { attachmentId: ids[0] } })).status).toBe(204);
  expect(await refused(create(bob, newUuid(api.random), longest))).toBe('taken');
});

test('it is gone, from the disk too, when the last device of the conversation has it, whoever says so twice', async () => {
  const id = await upload(ana, api.random(500));
  expect((await taken(bob, id)).status).toBe(204);
  expect((await taken(bob, id)).status).toBe(204);
  expect((await taken(cid, id)).status).toBe(204);
  expect((await taken(ana, id)).status).toBe(204);
  expect(await isThere(id)).toBe(true);
  expect((await of(bobsPhone).get(id)).status).toBe(200);
  expect((await taken(bobsPhone, id)).status).toBe(204);
  expect((await of(bob).get(id)).refusal).toBe('AttachmentGone');
  expect(await isThere(id)).toBe(false);
  expect((await taken(bobsPhone, id)).status).toBe(204);
});

test('two devices that are the last ones, at the same time: it is gone', async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await upload(ana, api.random(50));
    await Promise.all([taken(bob, id), taken(bobsPhone, id)]);
    expect(await isThere(id)).toBe(false);
  }
});

test('nobody but its account takes it back', async () => {
  const id = await upload(ana, api.random(50));
  expect((await bob.call('dropAttachment', { body: { attachmentId: id } })).status).toBe(204);
  expect((await of(bob).get(id)).status).toBe(200);
  expect((await ana.call('dropAttachment', { body: { attachmentId: id } })).status).toBe(204);
  expect((await of(bob).get(id)).refusal).toBe('AttachmentGone');
  expect(await isThere(id)).toBe(false);
});

test('after 30 days it is gone, an upload that stands still after seven', async () => {
  const id = await upload(ana, api.random(50));
  const unfinished = newUuid(api.random);
  await create(ana, unfinished, 50);
  await of(ana).patch(unfinished, 0, api.random(20));
  api.clock.advance(7 * dayMs);
  expect((await of(ana).head(unfinished)).status).toBe(410);
  api.clock.advance(23 * dayMs - 1000);
  expect((await of(bob).get(id)).status).toBe(200);
  api.clock.advance(1000);
  expect((await of(bob).get(id)).refusal).toBe('AttachmentGone');
  await sweepAttachments(api.deps);
  expect(await isThere(id)).toBe(false);
  expect(await isThere(unfinished)).toBe(false);
});

test('who leaves is waited for no more, and uploads nothing more into it', async () => {
  const id = await upload(ana, api.random(50));
  const finished = await upload(bob, api.random(50));
  const unfinished = newUuid(api.random);
  await create(bob, unfinished, 50);
  await of(bob).patch(unfinished, 0, api.random(20));
  expect((await bob.call('leaveGroup', { body: { groupId } })).status).toBe(204);
  expect((await of(bob).get(id)).refusal).toBe('AttachmentGone');
  expect((await of(bob).head(unfinished)).status).toBe(410);
  expect((await of(ana).get(finished)).status).toBe(200);
  await sweepAttachments(api.deps);
  expect(await isThere(id)).toBe(false);
  expect(await isThere(unfinished)).toBe(false);
  expect(await isThere(finished)).toBe(true);
});

test('a device whose session ends is waited for no more', async () => {
  const person = await secondDevice(api, bob.person);
  const third = await chatDevice(api, person);
  await third.publish(3);
  const into = newUuid(api.random);
  await ana.publish(3);
  expect((await ana.begin(into, 'group', [third, cid])).status).toBe(200);
  const id = newUuid(api.random);
  await create(ana, id, 50, into);
  await of(ana).patch(id, 0, api.random(50));
  await taken(cid, id);
  await sweepAttachments(api.deps);
  expect(await isThere(id)).toBe(true);
  await api.deps.transact((stores) => stores.sessions.dropOf(third.accountId, third.deviceId));
  await sweepAttachments(api.deps);
  expect(await isThere(id)).toBe(false);
});

test('the job leaves what is being uploaded, and removes bytes that no row names', async () => {
  const unfinished = newUuid(api.random);
  await create(ana, unfinished, 50);
  await of(ana).patch(unfinished, 0, api.random(20));
  const stray = newUuid(api.random);
  await blobs.append(stray, 0, api.random(20));
  await sweepAttachments(api.deps);
  expect(await offsetOf(ana, unfinished)).toBe(20);
  expect(await isThere(stray)).toBe(false);
});

test('neither log lines nor refusals name an attachment', async () => {
  const id = await upload(ana, api.random(50));
  await of(cid).get(id);
  expect(api.logged.join('\n')).not.toContain(id);
});
