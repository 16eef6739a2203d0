import { startupSnapshot } from 'node:v8';
import { DomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import type { HexkeyClient } from '@hexkey/sdk';
import { fileVault } from '@hexkey/sdk/node';
import { clientOf } from './client-of.ts';
import { type ClientPlan, noFaults } from './fault-plan.ts';
import { faultyOutside } from './faulty-outside.ts';
import { readInstallation } from './installation-file.ts';
import { movedClock } from './moved-clock.ts';
import { warmUp } from './warm-up.ts';

/** What the schedule asks of the owner's device. PINs go through the pipe of a test, never into a log. */
export interface Order {
  readonly vaultFile: string;
  readonly offset: number;
  readonly plan: ClientPlan;
  readonly operation: 'register' | 'start' | 'setPin' | 'changePin' | 'replaceSecret' | 'enter';
  /** Words, or PINs. */
  readonly given: readonly string[];
}

export type Outcome = { readonly place: string; readonly error: string | null };

const acceptFewerNodes = { acceptFewerNodes: true };
const noProgress = () => undefined;

// As a snapshot (`snapshotProgram`) this file is run once, and every device of a schedule begins behind this line.
if (startupSnapshot.isBuildingSnapshot()) {
  warmUp();
  startupSnapshot.setDeserializeMainFunction(serve);
} else serve();

/** `client-process FILE OFFSET`: the owner's device, over its own file. */
function serve(): void {
  const [file = '', offset = ''] = process.argv.slice(2);
  const installation = readInstallation(file);
  const addresses = installation.nodes.map(({ port }) => `http://127.0.0.1:${port}/`);
  const clock = movedClock(Number(offset));
  const open = { vaultFile: '', outside: null as ReturnType<typeof faultyOutside> | null };
  let client: HexkeyClient | null = null;

  process.on('message', async (order: Order) => process.send?.(await perform(order)));
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');

  async function perform(order: Order): Promise<Outcome> {
    clock.moveTo(order.offset);
    const device = deviceOf(order);
    open.outside?.follow(order.plan);
    try {
      await run(device, order);
      await device.settled();
      return { place: device.place.at, error: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await device.settled();
      return { place: device.place.at, error: error.name };
    } finally {
      open.outside?.follow(noFaults);
    }
  }

  /** A start is one of the SDK: nothing but the vault's file is left of the client before. */
  function deviceOf({ vaultFile, plan, operation }: Order): HexkeyClient {
    if (client !== null && open.vaultFile === vaultFile && operation !== 'start') return client;
    const vault = fileVault(vaultFile, crypto.subtle as SubtleCrypto);
    open.vaultFile = vaultFile;
    open.outside = faultyOutside(addresses, vault, plan);
    client = clientOf(installation, { clock, fetch: open.outside.fetch, vault: open.outside.vault });
    return client;
  }
}

async function run(device: HexkeyClient, { operation, given }: Order): Promise<void> {
  const [first = '', second = ''] = given;
  switch (operation) {
    case 'register':
      await device.registerWithWords(new Secret(given));
      return;
    case 'start':
      await device.start();
      return;
    case 'setPin':
      await device.setPin(new Secret(first), noProgress, acceptFewerNodes);
      return;
    case 'changePin':
      return device.changePin(new Secret(first), new Secret(second), noProgress, acceptFewerNodes);
    case 'replaceSecret':
      return device.changePin(new Secret(first), new Secret(second), noProgress, {
        ...acceptFewerNodes,
        someoneKnew: true,
      });
    case 'enter':
      if (device.place.at === 'enter-pin') await device.unlock(new Secret(first), noProgress);
      else await device.checkPin(new Secret(first), noProgress);
  }
}
