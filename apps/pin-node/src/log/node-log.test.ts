import { encodeNodeRequest, toHex } from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { sodiumGroup } from '../evaluation/sodium-group.ts';
import { aBlindedInput, aRegistration } from '../testing/a-registration.ts';
import { startNodeNetwork } from '../testing/node-network.ts';
import { testDevice } from '../testing/test-device.ts';
import { pinoNodeLog } from './node-log.ts';

test('not even the most talkative log holds users, tokens, keys, bodies or the messages of faults', async () => {
  const lines: string[] = [];
  const clock = fixedClock('2030-01-01');
  const random = seededRandom('node log');
  const group = await sodiumGroup();
  const network = await startNodeNetwork(1, {
    clock,
    random,
    log: pinoNodeLog('node 1', 'trace', { write: (line) => lines.push(line) }),
    groupOperations: {
      ...group,
      evaluate: ({ privateKey }) => {
        throw new Error(`fault with ${toHex(privateKey)}`);
      },
    },
  });
  const userId = 'canary-account';
  const device = testDevice(network, { clock, random }, userId);
  const registration = aRegistration(random);
  const blindedInput = aBlindedInput(random);
  await device.send({ kind: 'Stage', registration, nodeSetHash: new Uint8Array(32), loginKey: null });
  const guess = { kind: 'Recover2', version: registration.version, blindedInput } as const;
  expect(await device.send(guess)).toMatchObject({ refused: 500, text: 'internal error\n' });
  await device.send(guess, { body: encodeNodeRequest({ kind: 'Delete' }) });
  await network.stop();

  const log = lines.join('');
  expect(log).toContain('"kind":"Recover2"');
  expect(log).toContain('"msg":"failed"');
  for (const planted of [
    userId,
    'eyJ',
    'fault with',
    ...[registration.oprfPrivateKey, registration.version, blindedInput, device.keys.publicKey].flatMap(
      (bytes) => [
        toHex(bytes),
        Buffer.from(bytes).toString('base64').slice(0, 20),
        Buffer.from(bytes).toString('base64url').slice(0, 20),
      ],
    ),
  ])
    expect(log).not.toContain(planted);
});
