import { generateKeyPairSync } from 'node:crypto';
import { routes } from '@hexkey/contract';
import { decodeWalletRequest, toBase58 } from '@hexkey/protocol';
import { type Browser, freePort, launchChromium } from '@hexkey/testing';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type RunningHexkey, startHexkey, temporaryFolder, until } from './harness.ts';
import { installed } from './installed.ts';
import { openPassage, type Passage, type PassingRequest } from './passage.ts';
import type { Person } from './person.ts';
import { descendantsOf, isAlive } from './processes.ts';
import {
  assetOf,
  choosePayee,
  confirmWarning,
  fillAmount,
  openBrowser,
  openWallet,
  registerPayer,
  walletPin,
} from './wallet-person.ts';

/**
 * A payment over a whole Hexkey of which something is broken: a node that lies, the account server that is killed in the middle, two nodes
 * that are dead. Each time it is paid exactly once, and the ledger says so. The tests tell one story, in order.
 */
const folder = temporaryFolder();
const payee = toBase58(
  new Uint8Array(generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' })).subarray(
    -32,
  ),
);
let browser: Browser;
let hexkey: RunningHexkey;
let passage: Passage;
let ann: Person;
let paid = 0;
let payments = 0;

vi.setConfig({ testTimeout: 300_000 });

beforeAll(async () => void (await installed(folder.path)));
beforeAll(async () => {
  const [port, doorPort] = [await freePort(), await freePort()];
  // Browsers reach the door by the passage only.
  const env = { HEXKEY_PUBLIC_URL: `http://localhost:${port}` };
  passage = await openPassage(port, doorPort);
  [browser, hexkey] = await Promise.all([launchChromium(), startHexkey(folder.path, doorPort, env)]);
  ann = await openBrowser(browser, hexkey.origin);
  await registerPayer(ann, 'Ann');
  await openWallet(ann);
  await ann.press('Get test SOL');
  await assetOf(ann, 'SOL').waitFor();
});
afterEach(() => {
  passage.interfere = {};
});
afterAll(async () => {
  await browser?.close();
  await hexkey?.stop();
  await passage?.stop();
  folder.remove();
});

test('a node that lies about its share is named to the owner, and the payment is made with the others', async () => {
  let liar: string | null = null;
  passage.interfere = {
    after(passing, answer) {
      if (!isShareRequest(passing)) return answer;
      liar ??= passing.path;
      if (passing.path !== liar) return answer;
      const lie = Buffer.from(answer);
      // The scalar is the last of the answer, its lowest byte first.
      lie[lie.length - 32] = (lie[lie.length - 32] as number) ^ 1;
      return lie;
    },
  };
  await review('0.1', 'I know who this is');
  await ann.press('Pay 0.1 SOL');
  await ann.enterPin(walletPin);
  await ann.sees('Sent');
  await expectPaidOnce(100_000_000);
  await ann.press('See details');
  const name = `Node ${/^\/nodes\/(\d+)\/wallet$/.exec(liar ?? '')?.[1]}`;
  await ann.page
    .getByText(`${name} (The operator of this server) sent a false part of the signature.`)
    .waitFor();
  await ann.screenshot('wallet-faults-1-liar');
});

test('the account server is killed before it hears of a payment: the page says so, and Retry pays once', async () => {
  killApiBefore(routes.createTransfer);
  await review('0.11');
  await ann.press('Pay 0.11 SOL');
  await ann.enterPin(walletPin);
  const retry = ann.page.getByRole('button', { name: 'Retry' });
  await retry.waitFor();
  await ann.page.getByText('Nothing was paid so far. Retry sends this same payment').waitFor();
  await ann.screenshot('wallet-faults-2-api-away');
  expect(await balanceOfPayee()).toBe(paid);
  await apiIsBack();
  await retry.click();
  await ann.sees('Sent');
  await expectPaidOnce(110_000_000);
});

test('the account server is killed once a payment is signed: the page goes on by itself, and pays once', async () => {
  killApiBefore(routes.putSignedTransfer);
  await review('0.12');
  await ann.press('Pay 0.12 SOL');
  await ann.enterPin(walletPin);
  await ann.sees('On its way');
  expect(await balanceOfPayee()).toBe(paid);
  // Nobody touches the page.
  await ann.sees('Sent');
  await expectPaidOnce(120_000_000);
});

test('the account server is killed when the ledger has a payment: it is sent, and a page opened later pays nothing again', async () => {
  killApiBefore(routes.settleTransfer);
  await review('0.13');
  await ann.press('Pay 0.13 SOL');
  await ann.enterPin(walletPin);
  await ann.sees('Sent');
  await apiIsBack();
  await openWallet(ann);
  await expectPaidOnce(130_000_000);
});

test.runIf(process.platform === 'linux')(
  'with two of five nodes dead a payment is made by the other three',
  async () => {
    const dead = partsOf('apps/pin-node/src/main.ts').slice(0, 2);
    expect(dead).toHaveLength(2);
    // A supervisor that is stopped does not start them again.
    hexkey.child.kill('SIGSTOP');
    try {
      for (const pid of dead) process.kill(pid, 'SIGKILL');
      await until(async () => (dead.some(isAlive) ? null : true));
      await review('0.14');
      await ann.press('Pay 0.14 SOL');
      await ann.enterPin(walletPin);
      await ann.sees('Sent');
      await expectPaidOnce(140_000_000);
    } finally {
      hexkey.child.kill('SIGCONT');
    }
  },
);

/** From the choice of the payee to the decoded transaction. */
async function review(amount: string, ...warnings: string[]): Promise<void> {
  await choosePayee(ann, payee);
  await fillAmount(ann, amount);
  await ann.press('Continue');
  await ann.sees('Check and confirm');
  for (const warning of warnings) await confirmWarning(ann, warning);
}

/** On the ledger, which is asked past everything else. */
async function expectPaidOnce(lamports: number): Promise<void> {
  paid += lamports;
  payments += 1;
  await expect.poll(balanceOfPayee).toBe(paid);
  const signatures = await askLedger<{ err: unknown }[]>('getSignaturesForAddress', [payee]);
  expect(signatures.map(({ err }) => err)).toEqual(Array(payments).fill(null));
}

const balanceOfPayee = async () => (await askLedger<{ value: number }>('getBalance', [payee])).value;

async function askLedger<T>(method: string, params: unknown[]): Promise<T> {
  const answer = await fetch(`${hexkey.origin}/ledger/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return ((await answer.json()) as { result: T }).result;
}

/** Once, at the first such request, which then finds nobody. */
function killApiBefore({ method, path }: { readonly method: string; readonly path: string }): void {
  passage.interfere = {
    async before(passing) {
      if (passing.method !== method || passing.path !== path) return;
      passage.interfere = {};
      const [api] = partsOf('apps/api/src/main.ts');
      process.kill(api as number, 'SIGKILL');
      await until(async () => (isAlive(api as number) ? null : true));
    },
  };
}

const apiIsBack = () =>
  until(async () => ((await fetch(`${hexkey.origin}/api/health`)).status === 200 ? true : null));

/** Processes of one part, by their command. */
function partsOf(command: string): readonly number[] {
  return descendantsOf(hexkey.child.pid as number)
    .filter((one) => one.command.includes(command) && !one.isZombie)
    .map(({ pid }) => pid);
}

function isShareRequest({ path, body }: PassingRequest): boolean {
  return /^\/nodes\/\d+\/wallet$/.test(path) && decodeWalletRequest(body).kind === 'Share';
}
