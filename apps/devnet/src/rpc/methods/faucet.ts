import { Type } from 'typebox';
import { FaucetRefusal } from '../../faucet/faucet.ts';
import { testToken } from '../../faucet/test-token.ts';
import { tokenProgram } from '../../tokens/token-layout.ts';
import { method } from '../method.ts';
import { AddressText, addressOf, Config, Unsigned } from '../params.ts';
import { RpcError } from '../rpc-error.ts';

/** A number, or its decimal digits. */
const Amount = Type.Union([Unsigned, Type.String({ pattern: '^[0-9]{1,20}$' })]);

/** What only a devnet has. */
export const faucetMethods = {
  requestAirdrop: method([AddressText, Unsigned, Config({})], ({ faucet }, address, lamports) =>
    giving(faucet.giveSol(addressOf(address), BigInt(lamports))),
  ),
  hexkeyRequestTokens: method(
    [Type.Object({ address: AddressText, amount: Amount })],
    ({ faucet }, { address, amount }) => giving(faucet.giveTokens(addressOf(address), BigInt(amount))),
  ),
  hexkeyDevnetInfo: method([], ({ faucet }) => ({
    testToken: { mint: faucet.mint, program: tokenProgram, ...testToken },
  })),
};

const errors = { limit: 'faucetLimit', size: 'invalidParams', failed: 'internalError' } as const;

async function giving(gift: Promise<string>): Promise<string> {
  try {
    return await gift;
  } catch (error) {
    if (!(error instanceof FaucetRefusal)) throw error;
    throw new RpcError(errors[error.reason], error.message);
  }
}
