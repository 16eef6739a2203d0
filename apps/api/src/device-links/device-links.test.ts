import type { AnswerOf, routes, SessionView } from '@hexkey/contract';
import {
  announceLinkStatement,
  collectLinkStatement,
  deviceKeyThumbprint,
  signEd25519,
  toBase64url,
} from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  callWithPin,
  description,
  type PersonWithPin,
  personWithPin,
  secondDevice,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';
import { publishKey, readMessages } from '../testing/test-socket.ts';

const minute = 60_000;
let api: TestApi;
let owner: PersonWithPin;
/** The new device, without any session. */
let device: TestDevice;

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  api.clock.advance(60 * minute);
  owner = await personWithPin(api, 'Ada');
  device = testDevice(api);
});
afterAll(() => api.close());

const sealed = {
  encapsulatedKey: toBase64url(new Uint8Array(32).fill(7)),
  ciphertext: toBase64url(new Uint8Array(32).fill(8)),
};
const as = ({ session }: PersonWithPin) => ({ sessionId: session.sessionId });
const announcement = (by: TestDevice, signer = by) => ({
  deviceKey: by.publicKey,
  device: description,
  signature: toBase64url(
    signEd25519(signer.pair, announceLinkStatement({ deviceKey: by.pair.publicKey, ...description })),
  ),
});
async function announced(by = device): Promise<string> {
  const answer = await by.call('createDeviceLink', { body: announcement(by) });
  return (answer.body as AnswerOf<typeof routes.createDeviceLink>).linkId;
}
const scan = (linkId: string, of = device) => ({
  linkId,
  deviceKeyThumbprint: deviceKeyThumbprint(of.pair.publicKey),
});
const open = (linkId: string, by = owner, of = device) =>
  by.device.call('openDeviceLink', { as: as(by), body: scan(linkId, of) });
const approve = (linkId: string, by = owner, of = device, seal = sealed) =>
  callWithPin(by, 'approveDeviceLink', { ...scan(linkId, of), ...seal });
const collect = (linkId: string, by = device) => {
  const statement = collectLinkStatement({ linkId, deviceKey: by.pair.publicKey });
  return by.call('collectDeviceLink', {
    body: { linkId, signature: toBase64url(signEd25519(by.pair, statement)) },
  });
};
/** Opened and approved by the owner. */
async function approved(): Promise<string> {
  const linkId = await announced();
  await open(linkId);
  await approve(linkId);
  return linkId;
}
const sessionIn = (answer: { readonly body: unknown }) =>
  (answer.body as { readonly session: SessionView }).session;
const noLink = { code: 404, details: { what: 'device-link' } };

test('a scanned and approved device gets a locked session and the seal as it was; the PIN opens the session', async () => {
  const linkId = await announced();
  expect((await collect(linkId)).body).toEqual({ state: 'waiting', expiresAtMs: api.clock.now() + minute });
  const expiresAtMs = api.clock.now() + 5 * minute;
  expect((await open(linkId)).body).toEqual({ device: description, place: '127.0.0.1', expiresAtMs });
  expect((await collect(linkId)).body).toEqual({ state: 'scanned', expiresAtMs });
  expect((await approve(linkId)).status).toBe(204);
  const answer = await collect(linkId);
  expect(answer.body).toMatchObject({ state: 'approved', ...sealed });
  const session = sessionIn(answer);
  expect(session).toMatchObject({ accountId: owner.session.accountId, state: 'locked' });
  const call = { as: { sessionId: session.sessionId } };
  for (const name of ['getAccount', 'listDevices', 'getSealedEntropy'] as const)
    expect((await device.call(name, call)).refusal).toMatchObject({ details: { reason: 'session-locked' } });
  await callWithPin({ ...owner, device, session }, 'unlockSession');
  expect((await device.call('getAccount', call)).status).toBe(200);
});

test('a code lives sixty seconds until it is scanned, and five minutes from the scan', async () => {
  const late = await announced();
  api.clock.advance(minute);
  expect((await open(late)).refusal).toMatchObject(noLink);
  const linkId = await announced();
  api.clock.advance(minute - 1);
  expect((await open(linkId)).status).toBe(200);
  api.clock.advance(5 * minute - 1);
  // A second scan gives no more time.
  expect((await open(linkId)).status).toBe(200);
  api.clock.advance(1);
  expect((await approve(linkId)).refusal).toMatchObject(noLink);
  expect((await collect(linkId)).refusal).toMatchObject(noLink);
});

test('another device key than the one the code showed is refused like an unknown link, and nothing comes of it', async () => {
  const linkId = await announced();
  const unknown = await open('0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e');
  expect(unknown.refusal).toMatchObject(noLink);
  expect(await open(linkId, owner, testDevice(api))).toEqual(unknown);
  await open(linkId);
  expect((await approve(linkId, owner, testDevice(api))).refusal).toMatchObject(noLink);
  expect((await collect(linkId)).body).toMatchObject({ state: 'scanned' });
});

test('only the device key that was announced collects', async () => {
  const linkId = await approved();
  expect((await collect(linkId, testDevice(api))).refusal).toMatchObject(noLink);
  expect((await collect(linkId)).body).toMatchObject({ state: 'approved' });
});

test('nobody announces a device key they do not hold', async () => {
  const answer = await device.call('createDeviceLink', { body: announcement(device, testDevice(api)) });
  expect(answer.refusal).toMatchObject({ name: 'InvalidField', details: { field: 'signature' } });
});

test('whoever scans first has the link: another account, and another device of the owner, is refused alike', async () => {
  const linkId = await announced();
  const stranger = await personWithPin(api, 'Eve');
  const second = await secondDevice(api, owner);
  await open(linkId);
  for (const other of [stranger, second]) {
    expect((await open(linkId, other)).refusal).toMatchObject(noLink);
    expect((await approve(linkId, other)).refusal).toMatchObject(noLink);
  }
  const other = testDevice(api);
  const rivals = await announced(other);
  const answers = await Promise.all([open(rivals, owner, other), open(rivals, stranger, other)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
});

test('nothing is approved that was not opened', async () => {
  const linkId = await announced();
  expect((await approve(linkId)).refusal).toMatchObject(noLink);
  expect((await collect(linkId)).body).toMatchObject({ state: 'waiting' });
});

test('a lost answer may be asked for again: one session, one seal, for two minutes', async () => {
  const linkId = await approved();
  const other = { ...sealed, ciphertext: toBase64url(new Uint8Array(32).fill(9)) };
  expect((await approve(linkId, owner, device, other)).status).toBe(204);
  const answers = await Promise.all([collect(linkId), collect(linkId), collect(linkId)]);
  for (const answer of answers) expect(answer.body).toEqual((answers[0] as { body: never }).body);
  expect(answers[0]?.body).toMatchObject(sealed);
  const listed = await owner.device.call('listDevices', { as: as(owner) });
  expect((listed.body as { devices: unknown[] }).devices).toHaveLength(2);
  api.clock.advance(2 * minute);
  expect((await collect(linkId)).refusal).toMatchObject(noLink);
});

test('a linked device that was ended does not come back by the same link', async () => {
  const linkId = await approved();
  const { sessionId } = sessionIn(await collect(linkId));
  await callWithPin(owner, 'endDevice', { sessionId });
  expect((await collect(linkId)).refusal).toMatchObject(noLink);
});

test('a link goes with the session that approved it', async () => {
  const second = await secondDevice(api, owner);
  const linkId = await announced();
  await open(linkId, second);
  await approve(linkId, second);
  await callWithPin(owner, 'endDevice', { sessionId: second.session.sessionId });
  expect((await collect(linkId)).refusal).toMatchObject(noLink);
});

test('the devices of the owner are told, and both sides stand in the log', async () => {
  const key = await publishKey(owner);
  await collect(await approved());
  expect(await readMessages(api, owner, key, 1)).toMatchObject([
    { kind: 'newLogin', parameters: { method: 'link', device: { name: description.name } } },
  ]);
  const logs = await owner.device.call('listLogs', { as: as(owner) });
  const { entries } = logs.body as AnswerOf<typeof routes.listLogs>;
  const operations = entries.map(({ operation }) => operation);
  expect(operations).toEqual(expect.arrayContaining(['approveDeviceLink', 'collectDeviceLink']));
});

test('an address announces three hundred links an hour', async () => {
  api.clock.advance(60 * minute);
  for (let count = 0; count < 300; count += 1) await announced();
  const answer = await device.call('createDeviceLink', { body: announcement(device) });
  expect(answer.refusal).toMatchObject({ name: 'TooMany' });
});
