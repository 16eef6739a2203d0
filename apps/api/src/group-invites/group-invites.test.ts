import { createHash } from 'node:crypto';
import { decodeNotice, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newUuid } from '../identifiers.ts';
import { type ChatDevice, chatDevice } from '../testing/chat-device.ts';
import type { ChatSocket } from '../testing/chat-socket.ts';
import { personWithPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { until } from '../testing/test-socket.ts';

let api: TestApi;
let ana: ChatDevice;
let bob: ChatDevice;
let cid: ChatDevice;
let atAna: ChatSocket;
let groupId: string;
beforeAll(async () => {
  api = await startTestApi();
  [ana, bob, cid] = (await Promise.all(
    ['Ana', 'Bob', 'Cid'].map(async (name) => chatDevice(api, await personWithPin(api, name))),
  )) as [ChatDevice, ChatDevice, ChatDevice];
  for (const device of [ana, bob, cid]) await device.publish();
  groupId = newUuid(api.random);
  await ana.begin(groupId, 'group', [bob]);
  atAna = await ana.connect();
  await atAna.take(ana.crypto, 1);
});
afterAll(() => api.close());

const link = () => {
  const token = api.random(16);
  const tokenHash = toBase64url(createHash('sha256').update(token).digest());
  return { token: toBase64url(token), tokenHash };
};
const refused = async (answer: ReturnType<ChatDevice['call']>) => (await answer).refusal?.name ?? 'taken';
const requests = async () =>
  (
    (await ana.call('listJoinRequests', { query: `groupId=${groupId}` })).body as {
      requests: { accountId: string; person: { name: string } }[];
    }
  ).requests;

test('whoever has the link asks once; an admin lets them in though they take groups from nobody', async () => {
  const { token, tokenHash } = link();
  expect(await refused(bob.call('createInvite', { body: { groupId, tokenHash } }))).toBe('Forbidden');
  expect(await refused(cid.call('createInvite', { body: { groupId, tokenHash } }))).toBe('NotAMember');
  expect((await ana.call('createInvite', { body: { groupId, tokenHash } })).status).toBe(204);
  await cid.call('blockPerson', { body: { hexkeyId: await api.hexkeyIdOf(ana.accountId) } });
  for (const body of [{ token }, { token }])
    expect((await cid.call('requestToJoin', { body })).body).toEqual({ groupId });
  expect((await bob.call('requestToJoin', { body: { token } })).body).toEqual({ groupId });
  await until(() => atAna.envelopes.length === 2);
  expect(decodeNotice(atAna.envelopes[1]?.body as Uint8Array)).toEqual({
    what: 'join_requested',
    account: cid.accountId,
  });
  expect(await requests()).toMatchObject([{ accountId: cid.accountId, person: { name: 'Cid' } }]);
  const claim = { body: { accountId: cid.accountId } };
  expect(await refused(ana.call('claimKeyPackages', claim))).toBe('NotFound');
  const approve = { body: { groupId, accountId: cid.accountId, approve: true } };
  expect(await refused(bob.call('answerJoinRequest', approve))).toBe('Forbidden');
  expect((await ana.call('answerJoinRequest', approve)).status).toBe(204);
  expect(await requests()).toEqual([]);
  await until(() => atAna.envelopes.length === 3);
  expect(decodeNotice(atAna.envelopes[2]?.body as Uint8Array)).toEqual({
    what: 'join_approved',
    account: cid.accountId,
  });
  const { devices } = await ana.claim(claim.body);
  const atCid = await cid.connect();
  await ana.commit(groupId, { add: devices.map(({ keyPackage }) => Buffer.from(keyPackage, 'base64url')) });
  expect(await atCid.take(cid.crypto, 1)).toMatchObject([{ kind: 'joined' }]);
  expect(await refused(ana.call('answerJoinRequest', approve))).toBe('NotFound');
});

test('a new link ends the one before; a revoked one is none, and what was asked for with it is forgotten', async () => {
  const [first, second] = [link(), link()];
  const dan = await chatDevice(api, await personWithPin(api, 'Dan'));
  const ask = (token: string) => refused(dan.call('requestToJoin', { body: { token } }));
  await ana.call('createInvite', { body: { groupId, tokenHash: first.tokenHash } });
  await ana.call('createInvite', { body: { groupId, tokenHash: second.tokenHash } });
  expect(await ask(first.token)).toBe('NotFound');
  expect(await ask(second.token)).toBe('taken');
  expect(await requests()).toHaveLength(1);
  await ana.call('revokeInvite', { body: { groupId } });
  expect(await requests()).toEqual([]);
  expect(await ask(second.token)).toBe('NotFound');
});

test('a request that is refused is gone and may be made again; guessing tokens costs like asking', async () => {
  const { token, tokenHash } = link();
  const eve = await chatDevice(api, await personWithPin(api, 'Eve'));
  await ana.call('createInvite', { body: { groupId, tokenHash } });
  const ask = (body: { token: string }) => refused(eve.call('requestToJoin', { body }));
  expect(await ask({ token })).toBe('taken');
  const body = { groupId, accountId: eve.accountId, approve: false };
  expect((await ana.call('answerJoinRequest', { body })).status).toBe(204);
  expect(await ask({ token })).toBe('taken');
  const guesses: string[] = [];
  for (let count = 0; count < 29; count += 1) guesses.push(await ask({ token: link().token }));
  expect(guesses.slice(-2)).toEqual(['NotFound', 'TooMany']);
});
