import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mintNodeToken, type Random, walletKeyOf } from '@hexkey/protocol';
import { bundlePrograms, seededRandom, solanaMessage, solTransfer } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installNodes } from '../testing/node-environments.ts';
import {
  commitAt,
  type MadeWallet,
  prepareAll,
  Refused,
  runCeremony,
  type SignOrder,
  shareRequest,
  signWithAll,
} from '../testing/wallet-client.ts';
import { type WalletNetwork, type WalletNodePlaces, walletNetworkOver } from '../testing/wallet-network.ts';

// Three nodes in one real process over SQLite, which is killed, and whose files are put back.
const random: Random = seededRandom('killed node');
const clock = { now: () => Date.now() };
let folder: string;
let many: string;
let main: string | undefined;
let child: ChildProcess | null = null;
let net: WalletNetwork<WalletNodePlaces, typeof clock>;
const addresses: string[] = [];

beforeAll(async () => {
  [main] = await bundlePrograms(['apps/pin-node/src/main.ts']);
  folder = mkdtempSync(join(tmpdir(), 'hexkey-killed-'));
  const { environments, realmIds, tenantKeys, walletNodes } = installNodes(folder, random);
  many = join(folder, 'many.json');
  writeFileSync(many, JSON.stringify(environments));
  await start();
  const network: WalletNodePlaces = {
    nodes: realmIds.map((realmId, place) => ({
      realmId,
      get address() {
        return addresses[place] ?? '';
      },
    })),
    walletNodes,
    token: (realmId, userId, binding) =>
      mintNodeToken(tenantKeys.seed, {
        tenant: 'hexkey',
        version: 1,
        userId,
        realmId,
        nowMs: Date.now(),
        lifetimeMs: 600_000,
        binding,
      }),
  };
  net = await walletNetworkOver(network, clock, random);
});
afterAll(async () => {
  await kill();
  rmSync(folder, { recursive: true });
});

async function start() {
  if (main === undefined) throw new Error('there is no program');
  child = fork(main, ['serve-many', many], { silent: true });
  if (child.stdout === null) throw new Error('the child has no output');
  let count = 0;
  for await (const line of createInterface(child.stdout)) {
    const { msg, port, name } = JSON.parse(line);
    if (msg !== 'listening') continue;
    const place = Number(String(name).slice(-1)) - 1;
    addresses[place] = `http://127.0.0.1:${port}/nodes/${place + 1}/`;
    count += 1;
    if (count === 3) break;
  }
  child.stdout.resume();
}

async function kill() {
  if (child === null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  child = null;
}

async function restart(between: () => void = () => {}) {
  await kill();
  between();
  await start();
}

const files = ['pin-node.sqlite', 'pin-node.sqlite-wal', 'pin-node.sqlite-shm', 'run-witness.json'];
function copyState(from: (place: number) => string, to: (place: number) => string) {
  for (const place of [1, 2, 3])
    for (const file of files) {
      rmSync(join(to(place), file), { force: true });
      if (existsSync(join(from(place), file))) copyFileSync(join(from(place), file), join(to(place), file));
    }
}
const live = (place: number) => join(folder, `node-${place}`);

const outcomeOf = async (attempt: Promise<unknown>) => {
  const error = await attempt.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  return error instanceof Refused ? error.answer : error;
};

test('a ceremony whose nodes are killed is over until it is staged, and from then on goes on', async () => {
  for (const step of ['DkgExchange', 'DkgFinish']) {
    let killed = false;
    const cut = runCeremony(net.phone, {
      async before(kind) {
        if (kind !== step || killed) return;
        killed = true;
        await restart();
      },
    });
    expect(await outcomeOf(cut)).toMatchObject({ kind: step, outcome: 'Gone' });
  }
  const made = await runCeremony(net.phone);
  await restart();
  await commitAt(net.phone, made, 1);
  await restart();
  for (const identifier of [1, 2, 3]) await commitAt(net.phone, made, identifier);
  for (const place of [0, 1, 2])
    expect(await net.phone.device.ask(place, { kind: 'WalletStatus' })).toMatchObject({
      wallet: { publicKey: walletKeyOf(made.wallet) },
      staged: [],
    });
  wallet = made;
});

let wallet: MadeWallet;
const order = (changed: Partial<SignOrder> = {}): SignOrder => {
  const key = walletKeyOf(wallet.wallet);
  return {
    message: solanaMessage(key, [solTransfer(key, new Uint8Array(32).fill(3), 5n)]),
    intent: random(16),
    attempt: 1,
    nodes: [1, 2],
    expiresAtMs: Date.now() + 120_000,
    ...changed,
  };
};

test('nodes that are killed between the rounds never show nonces of one attempt twice, whatever state is put back', async () => {
  const asked = order();
  const copy = (place: number) => join(folder, `copy-${place}`);
  const early = (place: number) => join(folder, `early-${place}`);
  for (const place of [1, 2, 3]) for (const path of [copy(place), early(place)]) mkdirSync(path);
  await kill();
  copyState(live, early);
  await start();

  const round = await prepareAll(net.phone, wallet, asked);
  const request = shareRequest(net.phone, wallet, round);
  await kill();
  copyState(live, copy);
  await start();
  const at = net.phone.placeOf(1);
  expect(await net.phone.device.ask(at, request)).toMatchObject({ outcome: 'Gone' });
  expect(await outcomeOf(prepareAll(net.phone, wallet, asked))).toMatchObject({ outcome: 'Gone' });
  // The next attempt pays, and what was consumed stays so over a kill.
  const next = { ...asked, attempt: 2 };
  const second = await prepareAll(net.phone, wallet, next);
  const used = shareRequest(net.phone, wallet, second);
  expect(await net.phone.device.ask(at, used)).toMatchObject({ outcome: 'Ok' });
  await restart();
  expect(await net.phone.device.ask(at, used)).toMatchObject({ outcome: 'Consumed' });

  // The state from between the rounds: the first attempt is bound, its nonces are nowhere.
  await restart(() => copyState(copy, live));
  expect(await net.phone.device.ask(at, request)).toMatchObject({ outcome: 'Gone' });
  expect(await outcomeOf(prepareAll(net.phone, wallet, asked))).toMatchObject({ outcome: 'Gone' });

  // The state from before: the attempt is new to the nodes, and so are its nonces.
  await restart(() => copyState(early, live));
  expect(await net.phone.device.ask(at, request)).toMatchObject({ outcome: 'Gone' });
  const again = await prepareAll(net.phone, wallet, asked);
  for (const [index, { hiding, binding }] of again.commitments.entries()) {
    for (const before of [round.commitments[index], second.commitments[index]]) {
      expect(before?.hiding).not.toEqual(hiding);
      expect(before?.binding).not.toEqual(binding);
    }
  }
  await expect(net.phone.device.ask(at, request)).rejects.toThrow('400');
  expect((await signWithAll(net.phone, wallet, { ...asked, attempt: 2 })).length).toBe(64);
});
