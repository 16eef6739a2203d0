import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningDevnet, startDevnet, systemTimer } from '@hexkey/devnet';
import { seededRandom } from '@hexkey/testing';
import type { Words } from '../account/words.ts';
import type { HexkeyClient } from '../create-hexkey.ts';
import type { HexkeyDeps, WalletPorts } from '../deps.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import type { Vault } from '../storage/vault.ts';
import { inlineParticipants } from '../wallet/key/client-participants.ts';
import type { Wallet } from '../wallet/wallet.ts';
import type { TestNetwork } from './network.ts';
import { noProgress, pinOf, testClient } from './test-client.ts';

/** A devnet of a test's own. */
export interface TestLedger extends RunningDevnet {
  /** Lets no more blocks come than time brings; the test moves it. */
  advance(milliseconds: number): void;
}

/** Its time goes on by itself, and further when the test moves it. */
export async function startLedger(): Promise<TestLedger> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sdk-devnet-'));
  let movedMs = 0;
  const devnet = await startDevnet(
    { host: '127.0.0.1', port: 0, dataFolder },
    {
      clock: { now: () => Date.now() + movedMs },
      timer: systemTimer,
      random: seededRandom('sdk devnet'),
      onBug: (error) => {
        throw error;
      },
    },
  );
  return {
    ...devnet,
    advance(milliseconds) {
      movedMs += milliseconds;
    },
    async stop() {
      await devnet.stop();
      rmSync(dataFolder, { recursive: true });
    },
  };
}

export function walletPorts({ rpcUrl }: Pick<TestLedger, 'rpcUrl'>, seed: string): WalletPorts {
  const random = seededRandom(`participants of ${seed}`);
  return {
    ledgerUrl: rpcUrl,
    participants: () => inlineParticipants(random),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 50))),
  };
}

/** Somebody with a PIN and, unless their client was kept from it, a wallet. */
export interface WalletPerson {
  readonly client: HexkeyClient;
  readonly wallet: Wallet;
  readonly words: Words;
  readonly vault: Vault;
  readonly hexkeyId: string;
  readonly address: string;
}

export const walletPin = pinOf('271828');
let people = 0;

/** What a device of a wallet's owner is made of: a key for its place on the account's list of devices, and the ports. */
export function walletDeps(ledger: Pick<TestLedger, 'rpcUrl'>): Partial<HexkeyDeps> {
  people += 1;
  const random = seededRandom(`signature keys ${people}`);
  return { wallet: walletPorts(ledger, String(people)), signatureKey: async () => random(32) };
}

export async function newWalletPerson(
  network: TestNetwork,
  ledger: Pick<TestLedger, 'rpcUrl'>,
  given: Partial<HexkeyDeps> = {},
): Promise<WalletPerson> {
  const vault = given.vault ?? memoryVault();
  const client = testClient(network, { ...walletDeps(ledger), ...given, vault });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(walletPin, noProgress);
  await client.settled();
  const { hexkeyId } = await client.account();
  const state = await client.wallet.state();
  return {
    client,
    wallet: client.wallet,
    words,
    vault,
    hexkeyId,
    address: state.is === 'ready' ? state.address : '',
  };
}

/** The same installation, started anew. */
export async function restartedPerson(
  network: TestNetwork,
  ledger: Pick<TestLedger, 'rpcUrl'>,
  { vault }: Pick<WalletPerson, 'vault'>,
  given: Partial<HexkeyDeps> = {},
): Promise<HexkeyClient> {
  const client = testClient(network, { ...walletDeps(ledger), vault, ...given });
  await client.start();
  return client;
}

/** The balance of one asset. @param mint null for SOL */
export async function held({ wallet }: Pick<WalletPerson, 'wallet'>, mint: string | null): Promise<bigint> {
  return (await wallet.balances()).find(({ asset }) => asset.mint === mint)?.amount ?? 0n;
}
