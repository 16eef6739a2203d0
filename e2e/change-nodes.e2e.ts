import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { routes } from '@hexkey/contract';
import { decodeMoveRequest, type MoveRequest, Secret } from '@hexkey/protocol';
import { type Hexkey, memoryVault } from '@hexkey/sdk';
import { freePort } from '@hexkey/testing';
import { afterAll, expect, test } from 'vitest';
import { launch, type RunningHexkey, startHexkey, temporaryFolder, until } from './harness.ts';
import { tellingClient } from './node-client.ts';
import { descendantsOf, environmentOf, isAlive } from './processes.ts';

const folder = temporaryFolder();
const threeNodes = { HEXKEY_NODES: '3' };
const pin = new Secret('271828');
const noProgress = () => undefined;
let hexkey: RunningHexkey;
const cleosVault = memoryVault();
afterAll(async () => {
  await hexkey?.stop();
  folder.remove();
});

async function newOwner(vault = memoryVault()): Promise<Hexkey> {
  const client = tellingClient(hexkey.origin, folder.path, { vault }).hexkey;
  await client.registerWithWords(client.newWords());
  await client.setPin(pin, noProgress);
  return client;
}
const entry = (client: Hexkey, digits: Secret<string>) => client.checkPin(digits, noProgress);

test('the operator changes the nodes: who was there moves with the PIN, when they like, and who comes later is on the new ones', async () => {
  const port = await freePort();
  hexkey = await startHexkey(folder.path, port, threeNodes);
  const [ada, ben] = [await newOwner(), await newOwner()];
  await newOwner(cleosVault);
  expect(await hexkey.stop()).toBe(0);
  const change = launch(folder.path, port, threeNodes, ['change-nodes', '--count', '3']);
  const said = text(change.stdout as NonNullable<typeof change.stdout>);
  expect([(await once(change, 'close'))[0], await said]).toEqual([0, expect.stringContaining('node-6')]);

  hexkey = await startHexkey(folder.path, port, threeNodes);
  const addresses = (numbers: readonly number[]) => numbers.map((number) => `/nodes/${number}/`);
  for (const number of [1, 6])
    expect((await fetch(`${hexkey.origin}${addresses([number])}health`)).status).toBe(200);
  expect(await ada.pinNodes()).toMatchObject({ epoch: 1, next: { epoch: 2, threshold: 2 } });
  await ada.movePin(pin, noProgress);
  for (const client of [ada, await newOwner()]) {
    expect(await client.pinNodes()).toMatchObject({ epoch: 2, next: null });
    await expect(entry(client, new Secret('314159'))).rejects.toMatchObject({
      name: 'WrongPin',
      details: { attemptsLeft: 4 },
    });
    await entry(client, pin);
  }
  // Nobody is moved by another's move, or by the operator.
  await entry(ben, pin);
  expect(await ben.pinNodes()).toMatchObject({ epoch: 1, next: { epoch: 2 } });
});

test.runIf(process.platform === 'linux')(
  'a move in whose middle nodes of both sets and the account server are killed, and the page is closed, goes on with the next PIN entries and ends at the new nodes',
  async () => {
    const killed: string[] = [];
    const killOnce = async (name: string, pid: () => number | undefined) => {
      if (killed.includes(name)) return;
      killed.push(name);
      const victim = pid() ?? expect.fail(`no process of ${name}`);
      process.kill(victim, 'SIGKILL');
      await until(async () => (isAlive(victim) ? null : true));
    };
    const killNode = (number: number) => killOnce(`node-${number}`, () => pidOfNode(number));
    const before = async (url: string, init: RequestInit) => {
      if (url.endsWith(routes.moveNodeSet.path)) return killOnce('api', pidOfApi);
      // Of the old nodes the first, of the new ones the second before anything is there, and the first before it serves what is.
      if (isMove(url, init, 1, 'Close')) return killNode(1);
      if (isMove(url, init, 5, 'Arrive')) return killNode(5);
      if (isMove(url, init, 4, 'Activate')) return killNode(4);
    };
    const reopened = async () => {
      await until(async () => ((await isWell()) ? true : null));
      const page = tellingClient(hexkey.origin, folder.path, { vault: cleosVault, before }).hexkey;
      await page.start();
      return page;
    };
    // One node of three is left that could serve: it has not moved.
    await expect((await reopened()).movePin(pin, noProgress)).rejects.toMatchObject({
      name: 'NodesUnavailable',
    });
    expect(killed.sort()).toEqual(['node-1', 'node-4', 'node-5']);
    // What one page began, or the account server did not hear of, the next one ends. The old set never serves the PIN meanwhile: it has two closed nodes.
    for (let page = 0; page < 3; page += 1) {
      const next = await reopened();
      await entry(next, pin).catch((error: Error) => expect(error).toMatchObject({ name: 'Offline' }));
    }
    expect(killed).toContain('api');
    const last = await reopened();
    expect(await last.pinNodes()).toMatchObject({ epoch: 2, next: null });
    await expect(entry(last, new Secret('314159'))).rejects.toMatchObject({
      name: 'WrongPin',
      details: { attemptsLeft: 4 },
    });
    await entry(last, pin);
    // The server heard of it: a device that knows nothing is sent to the new nodes, whichever of them is away.
    const { hexkey: other } = tellingClient(hexkey.origin, folder.path);
    await other.loginWithWords(await last.viewWords(pin));
    await other.unlock(pin, noProgress);
    expect(await other.pinNodes()).toMatchObject({ epoch: 2, next: null });
  },
);

function isMove(url: string, { body }: RequestInit, node: number, kind: MoveRequest['kind']): boolean {
  return url.endsWith(`/nodes/${node}/move`) && decodeMoveRequest(body as Uint8Array).kind === kind;
}

const partsOf = (program: string) =>
  descendantsOf(hexkey.child.pid as number).filter(
    (one) => one.command.includes(`apps/${program}/src/main.ts`) && !one.isZombie,
  );
const pidOfApi = () => partsOf('api')[0]?.pid;
const pidOfNode = (number: number) =>
  partsOf('pin-node').find(({ pid }) => environmentOf(pid).includes(`HEXKEY_NODE_NAME=node-${number}`))?.pid;

/** Whoever was killed was started again. */
async function isWell(): Promise<boolean> {
  const paths = ['/api/health', ...[1, 2, 3, 4, 5, 6].map((number) => `/nodes/${number}/health`)];
  const answers = await Promise.all(paths.map((path) => fetch(`${hexkey.origin}${path}`)));
  return answers.every(({ status }) => status === 200);
}
