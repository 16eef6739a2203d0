import { fromBase58 } from '../encoding/base58.ts';
import { equalBytes } from '../encoding/bytes.ts';

/** Programs of which a wallet signs some instructions. Addresses are the same on every cluster. */
export type WalletProgram =
  | 'system'
  | 'token'
  | 'token-2022'
  | 'associated-token'
  | 'memo'
  | 'compute-budget';

const addresses: readonly (readonly [WalletProgram, Uint8Array])[] = (
  [
    ['system', '11111111111111111111111111111111'],
    ['token', 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'],
    ['token-2022', 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb'],
    ['associated-token', 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL'],
    ['memo', 'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo'],
    ['memo', 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'],
    ['compute-budget', 'ComputeBudget111111111111111111111111111111'],
  ] as const
).map(([program, address]) => [program, fromBase58(address, 32)]);

/** Where a program is; of the two memo programs the newer one. */
export function walletProgramAddress(program: WalletProgram): Uint8Array {
  const found = addresses.filter(([name]) => name === program).at(-1);
  if (found === undefined) throw new Error('every program has an address');
  return found[1];
}

/** The program at an address, or null when the wallet signs nothing of it. */
export function walletProgramAt(address: Uint8Array): WalletProgram | null {
  return addresses.find(([, known]) => equalBytes(known, address))?.[0] ?? null;
}
