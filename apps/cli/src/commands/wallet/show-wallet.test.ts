import type { HexkeyClient, WalletState } from '@hexkey/sdk';
import { expect, test } from 'vitest';
import type { Options } from '../../options.ts';
import type { Terminal } from '../../terminal.ts';
import { showAddress } from './show-wallet.ts';

const address = '4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU';
const deviceCode = '12345 67890 12345 67890';

/** What `hexkey wallet receive` says on a device that waits until then. */
async function receiving(holdUntilMs: number | null, isInteractive: boolean) {
  const notes: string[] = [];
  const terminal = { isInteractive, note: (text: string) => void notes.push(text) } as Terminal;
  const state = { is: 'ready', address, holdUntilMs, deviceCode, ledger: { kind: 'devnet' } } as WalletState;
  const hexkey = { wallet: { state: async () => state } } as unknown as HexkeyClient;
  const context = { hexkey, terminal, parameters: [], options: {} as Options };
  return { report: await showAddress(context), notes };
}

test('a device on hold receives as ever, and says the code by which another one approves it', async () => {
  for (const isInteractive of [true, false]) {
    const { report, notes } = await receiving(1, isInteractive);
    expect(report).toEqual({ value: { address, ledger: 'devnet', deviceCode }, lines: [address] });
    expect(notes.filter((note) => note.includes(deviceCode))).toHaveLength(1);
  }
});

test('one that is not says no code that somebody could be asked to type', async () => {
  const { report, notes } = await receiving(null, false);
  expect(report).toEqual({ value: { address, ledger: 'devnet' }, lines: [address] });
  expect(notes).toEqual([]);
});
