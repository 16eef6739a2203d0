import { resolve } from 'node:path';
import type { KeyExportState } from '@hexkey/sdk';
import type { Context, Report } from '../../command.ts';
import { askPin } from '../ask-pin.ts';
import { sayTime } from '../say-time.ts';
import { checkIsFree, writeNewKeyFile } from './key-file.ts';
import { sayCheat } from './show-transfers.ts';

/** @throws {DomainError} `NodesUnavailable`, `ServerNeeded` */
export async function showExport({ hexkey }: Context): Promise<Report> {
  return report(await hexkey.wallet.keyExport.state());
}

/** @throws {DomainError} what `begin` throws */
export async function beginExport({ hexkey, terminal }: Context): Promise<Report> {
  return report(await hexkey.wallet.keyExport.begin(await askPin(terminal)));
}

/** @throws {DomainError} what `cancel` throws */
export async function cancelExport({ hexkey }: Context): Promise<Report> {
  await hexkey.wallet.keyExport.cancel();
  return { value: { is: 'none' }, lines: ['Cancelled. If it was not you who began it, change your PIN.'] };
}

/** @throws {DomainError} what `take` throws @throws {UsageError} the file is there already */
export async function takeExport({ hexkey, terminal, parameters }: Context): Promise<Report> {
  const [name = ''] = parameters;
  const path = resolve(name);
  // First: the nodes give the key out, and the other devices are told, for nothing otherwise.
  checkIsFree(path);
  const key = await hexkey.wallet.keyExport.take(await askPin(terminal));
  writeNewKeyFile(path, key);
  return {
    value: { address: key.address, cheatingNodes: key.cheatingNodes },
    lines: [
      ...key.cheatingNodes.map(sayCheat),
      `The key of ${key.address} is in the file. Whoever has it can pay, without PIN and limits.`,
      'It is no seed: wallets cannot import it. `hexkey wallet sign-with-key` pays with it.',
    ],
  };
}

function report(state: KeyExportState): Report {
  if (state.is === 'none') return { value: state, lines: ["The wallet's key is not being taken out."] };
  const who = state.by === 'this-device' ? 'This profile' : 'Another of your devices';
  return {
    value: state,
    lines: [
      `${who} is taking the wallet's key out; from ${sayTime(state.fromMs)} on it may leave.`,
      'To cancel it: `hexkey wallet export-cancel`.',
    ],
  };
}
