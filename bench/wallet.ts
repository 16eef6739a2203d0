import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase58, toHex } from '@hexkey/protocol';
import { freePort } from '@hexkey/testing';
import { startHexkey, temporaryFolder } from '../e2e/harness.ts';
import { forkTypeScript, messageOf } from './node-process.ts';
import { type Result, recordResults } from './record-results.ts';
import { systemRandom } from './system.ts';
import { openPayer, type PayerHome, payerPin } from './wallet/payer.ts';
import type { PayerOrder } from './wallet/payer-process.ts';
import { makePlainKey } from './wallet/plain-frost.ts';
import type { PlainOrder } from './wallet/plain-process.ts';

// From confirming to a valid signature: our client and 3 of 5 nodes, in a process each as `npm start` runs them, against the same
// suite in one process and against the one signature that any other wallet makes (wallet specification, section 7).
const processes = Number(process.env.HEXKEY_BENCH_PROCESSES ?? 12);
const warmPayments = 30;
const installation = temporaryFolder();
const folder = mkdtempSync(join(tmpdir(), 'hexkey-bench-payer-'));
const hexkey = await startHexkey(installation.path, await freePort());
try {
  const to = addressOfNobody();
  const home = await makePayer(folder);
  say(`${processes} fresh clients sign once each`);
  const cold = await inFreshProcesses(processes, () => pay({ home, to, isWarm: false, payments: 1 }));
  say(`${processes} more sign once each, after the pay sheet was open`);
  const opened = await inFreshProcesses(processes, () => pay({ home, to, isWarm: true, payments: 1 }));
  say(`one signs ${warmPayments} times`);
  const warm = (await pay({ home, to, isWarm: true, payments: warmPayments + 3 })).slice(3);
  say('plain FROST, and a plain signature');
  const plain = makePlainKey();
  const plainCold = await inFreshProcesses(processes, () => signInFreshProcess(plain, 1));
  const plainWarm = (await signInFreshProcess(plain, warmPayments + 3)).slice(3);
  const floorMs = plainSignatureMs();
  recordResults('wallet', [
    ...compared('a fresh client’s first payment', cold, plainCold, '<= 271 ms', 271),
    ...compared('a fresh client’s first payment, pay sheet open before', opened, plainCold, '<= 271 ms', 271),
    ...compared('the next payments', warm, plainWarm, '< 200 ms', 200),
    result('the next payments, p50', 'one signature of node:crypto', p(warm, 0.5), floorMs, '< 200 ms', 200),
  ]);
} finally {
  await hexkey.stop();
  installation.remove();
  rmSync(folder, { recursive: true });
}

/** An account with a wallet, money, and a passkey that pays. */
async function makePayer(payerFolder: string): Promise<PayerHome> {
  const server = await fetch(`${hexkey.origin}/api/v1/server`);
  const { operatorKey } = (await server.json()) as { operatorKey: string };
  const home = {
    origin: hexkey.origin,
    operatorKey: toHex(Buffer.from(operatorKey, 'base64url')),
    folder: payerFolder,
  };
  const payer = openPayer(home);
  await payer.registerWithWords(payer.newWords());
  await payer.setPin(payerPin(), () => undefined);
  await payer.settled();
  await payer.wallet.requestTestFunds(null);
  await payer.wallet.passkeyPay.enable(payerPin(), 1440 * 60_000);
  await payer.settled();
  return home;
}

async function inFreshProcesses(count: number, run: () => Promise<readonly number[]>): Promise<number[]> {
  const all: number[] = [];
  for (let done = 0; done < count; done += 1) all.push(...(await run()));
  return all;
}

async function pay(order: PayerOrder): Promise<readonly number[]> {
  const child = forkTypeScript(new URL('./wallet/payer-process.ts', import.meta.url));
  child.send(order);
  return (await messageOf<{ times: number[] }>(child)).times;
}

async function signInFreshProcess(
  { wallet, shares }: ReturnType<typeof makePlainKey>,
  signatures: number,
): Promise<readonly number[]> {
  const child = forkTypeScript(new URL('./wallet/plain-process.ts', import.meta.url));
  const order: PlainOrder = {
    min: wallet.min,
    max: wallet.max,
    commitments: wallet.commitments.map(toHex),
    verifyingShares: wallet.verifyingShares.map(toHex),
    shares: shares.map(({ identifier, share }) => ({ identifier, share: toHex(share) })),
    signatures,
  };
  child.send(order);
  return (await messageOf<{ times: number[] }>(child)).times;
}

/** Of many at once: one alone is below what the clock tells apart. */
function plainSignatureMs(): number {
  const { privateKey } = generateKeyPairSync('ed25519');
  const message = systemRandom(200);
  const count = 2000;
  const startedMs = performance.now();
  for (let done = 0; done < count; done += 1) sign(null, message, privateKey);
  return (performance.now() - startedMs) / count;
}

function compared(
  what: string,
  ours: readonly number[],
  plain: readonly number[],
  goal: string,
  limitMs: number,
): Result[] {
  const peer = '3-of-5 FROST in one process';
  return [
    result(`${what}, p50 of ${ours.length}`, peer, p(ours, 0.5), p(plain, 0.5), goal, limitMs),
    result(`${what}, p95 of ${ours.length}`, peer, p(ours, 0.95), p(plain, 0.95), goal, limitMs),
  ];
}

function result(
  what: string,
  peer: string,
  ours: number,
  theirs: number,
  goal: string,
  limitMs: number,
): Result {
  return {
    metric: `confirm to valid signature, 6 of 8 with 3 of 5 nodes: ${what}; against ${peer}`,
    ours: rounded(ours),
    peer: rounded(theirs),
    ratio: rounded(theirs / ours),
    unit: 'ms',
    goal,
    met: goal.startsWith('<=') ? ours <= limitMs : ours < limitMs,
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** The value that this part of all is not above. */
function p(values: readonly number[], part: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] as number;
}

function addressOfNobody(): string {
  const spki = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
  return toBase58(new Uint8Array(spki).subarray(-32));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
