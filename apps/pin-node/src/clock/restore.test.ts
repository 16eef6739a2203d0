import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqliteStore } from '../records/sqlite-store.ts';
import { aBlindedInput, aRegistration } from '../testing/a-registration.ts';
import { type NodeNetwork, startNodeNetwork } from '../testing/node-network.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';
import { fileWitness } from './restore-witness.ts';

const dayMs = 24 * 3_600_000;
const random = seededRandom('restore');
const first = aRegistration(random);
let clock: ReturnType<typeof fixedClock>;
let folder: string;
let network: NodeNetwork;
let phone: TestDevice;
const at = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-restore-'));
  mkdirSync(at('node'));
  clock = fixedClock('2030-01-01');
  await start();
  await phone.send({ kind: 'Stage', registration: first, nodeSetHash: random(32), loginKey: null });
  expect(await commit()).toMatchObject({ outcome: 'Ok' });
});
afterEach(async () => {
  await network.stop();
  rmSync(folder, { recursive: true });
});

/** The same node, the same phone, over what the data directory holds now. */
async function start(): Promise<void> {
  const store = sqliteStore(at('node'));
  const witness = fileWitness(at('node'));
  network = await startNodeNetwork(1, { clock, random: seededRandom('the node'), store, witness });
  phone = testDevice(network, { clock, random: seededRandom('the phone') });
}
const commit = () => phone.send({ kind: 'Commit', version: first.version, unlockKeyTag: first.unlockKeyTag });
const prove = () =>
  phone.send({ kind: 'Recover3', version: first.version, unlockKeyTag: first.unlockKeyTag });
const guess = (who = phone) =>
  who.send({ kind: 'Recover2', version: first.version, blindedInput: aBlindedInput(random) });

async function restartWith(change: () => void): Promise<void> {
  await network.stop();
  change();
  clock.advance(60_000);
  await start();
}
/** @param without the file that the backup leaves out */
const backUp = (without?: string) =>
  cpSync(at('node'), at('backup'), { recursive: true, filter: (path) => !path.endsWith(without ?? '\0') });
const putBack = (whole: boolean) => {
  if (whole) rmSync(at('node'), { recursive: true });
  else for (const end of ['', '-wal', '-shm']) rmSync(at(`node/pin-node.sqlite${end}`), { force: true });
  cpSync(at('backup'), at('node'), {
    recursive: true,
    filter: (path) => whole || !path.endsWith('run-witness.json'),
  });
};

test('a restart alone changes nothing', async () => {
  await restartWith(() => {});
  expect(await guess()).toMatchObject({ outcome: 'Ok', guessCount: 1 });
});

test.each([
  ['the database alone', false, undefined],
  ['the whole directory from a backup without the witness', true, 'run-witness.json'],
])('a node with an older copy of %s gives no guess it may have given before', async (_, whole, without) => {
  await restartWith(() => backUp(without));
  for (let spent = 0; spent < 4; spent += 1) expect(await guess()).toMatchObject({ outcome: 'Ok' });
  clock.advance(120_000);
  await restartWith(() => putBack(whole));

  expect(await guess()).toMatchObject({ outcome: 'Locked', bucket: 'provenDevice' });
  const stranger = testDevice(network, { clock, random });
  expect(await guess(stranger)).toMatchObject({ outcome: 'Locked', bucket: 'newDevice' });

  expect(await prove()).toMatchObject({ outcome: 'Ok' });
  expect(await guess()).toMatchObject({ outcome: 'Ok', guessCount: 1 });
  expect(await guess(stranger)).toMatchObject({ outcome: 'Locked', bucket: 'newDevice' });
  const log = await phone.send({ kind: 'ReadLog', afterSequence: 2 });
  expect(log).toMatchObject({
    entries: [
      { operation: 'restore', outcome: 'done' },
      { operation: 'guess', outcome: 'refused' },
      {},
      {},
      {},
    ],
  });
});

test('a full bucket is open again after its window, and the next start is an ordinary one', async () => {
  await restartWith(() => backUp('run-witness.json'));
  await restartWith(() => putBack(true));
  await restartWith(() => {});
  expect(await guess()).toMatchObject({ outcome: 'Locked' });
  clock.advance(dayMs);
  expect(await guess()).toMatchObject({ outcome: 'Ok', guessCount: 1 });
});
