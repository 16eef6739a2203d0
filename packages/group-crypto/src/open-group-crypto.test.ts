import { textOf, utf8 } from '@hexkey/protocol';
import { describe, expect, test } from 'vitest';
import type { Received } from './group-crypto.ts';
import { serverModel } from './testing/server-model.ts';
import { type TestDevice, testDevice } from './testing/test-device.ts';

const groupId = 'group-1';

async function fetchAll(server: ReturnType<typeof serverModel>, device: TestDevice): Promise<Received[]> {
  const results: Received[] = [];
  for (const envelope of server.fetch(device.deviceId)) results.push(await device.crypto.receive(envelope));
  return results;
}

async function pair() {
  const server = serverModel(groupId);
  const ana = await testDevice('ana.1');
  const bob = await testDevice('bob.1');
  await ana.crypto.create(groupId);
  server.begin('ana.1');
  const add = await bob.crypto.makeKeyPackages(1);
  expect(server.commit(await ana.crypto.prepareCommit(groupId, { add }))).toBe(true);
  return { server, ana, bob };
}

describe('one to one', () => {
  test('a welcome joins, and each reads the other', async () => {
    const { server, ana, bob } = await pair();
    expect(await fetchAll(server, ana)).toMatchObject([
      { kind: 'commit', epoch: 1, own: true, added: [{ accountId: 'bob', deviceId: 'bob.1' }] },
    ]);
    expect(await fetchAll(server, bob)).toMatchObject([
      { kind: 'joined', epoch: 1, members: [{ deviceId: 'ana.1' }, { deviceId: 'bob.1' }] },
    ]);
    for (const [from, to] of [
      [ana, bob],
      [bob, ana],
      [ana, bob],
    ] as const) {
      const { epoch, ciphertext } = await from.crypto.encrypt(groupId, `m ${from.deviceId}`, utf8('hello'));
      expect(server.send(from.deviceId, epoch, ciphertext)).toBe(true);
      await from.crypto.sent(`m ${from.deviceId}`);
      const [message] = await fetchAll(server, to);
      if (message?.kind !== 'message') throw new Error(`got ${JSON.stringify(message)}`);
      expect(textOf(message.plaintext)).toBe('hello');
      expect(message.sender).toEqual({ accountId: from.accountId, deviceId: from.deviceId });
    }
  });
});
