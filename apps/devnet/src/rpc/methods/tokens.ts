import { type Address, getAddressEncoder } from '@solana/kit';
import { Type } from 'typebox';
import { tokenAmount } from '../../tokens/token-amount.ts';
import { mintOf, tokenAccountOf, tokenPrograms } from '../../tokens/token-layout.ts';
import { accountSettings, encodeAccount } from '../encode-account.ts';
import { method } from '../method.ts';
import { AddressText, addressOf, Config, readAt } from '../params.ts';
import { invalidParams } from '../rpc-error.ts';

const Filter = Type.Union([Type.Object({ mint: AddressText }), Type.Object({ programId: AddressText })]);

/** Token accounts and mints. */
export const tokenMethods = {
  getTokenAccountsByOwner: method(
    [AddressText, Filter, Config(accountSettings)],
    (parts, owner, filter, config) => {
      const { at, context } = readAt(parts, config);
      const find = (address: Address) => parts.ledger.account(address, at);
      const mint = 'mint' in filter ? addressOf(filter.mint) : null;
      const program = 'mint' in filter ? find(addressOf(filter.mint))?.owner : addressOf(filter.programId);
      if (program === undefined || !tokenPrograms.includes(program))
        throw invalidParams(
          mint === null
            ? 'Invalid param: unrecognized Token program id'
            : 'Invalid param: could not find mint',
        );
      const ownerBytes = Uint8Array.from(getAddressEncoder().encode(addressOf(owner)));
      const value = parts.ledger
        .tokenAccounts(program, ownerBytes, at)
        .filter(([, account]) => {
          const held = tokenAccountOf(account);
          return held !== null && (mint === null || held.mint === mint);
        })
        .map(([pubkey, account]) => ({ pubkey, account: encodeAccount(account, config ?? {}, find) }));
      return { context, value };
    },
  ),
  getTokenAccountBalance: method([AddressText, Config({})], (parts, address, config) => {
    const { at, context } = readAt(parts, config);
    const held = tokenAccountOf(parts.ledger.account(addressOf(address), at));
    if (held === null) throw invalidParams('Invalid param: could not find account');
    const mint = mintOf(parts.ledger.account(held.mint, at));
    if (mint === null) throw invalidParams('Invalid param: could not find mint');
    return { context, value: tokenAmount(held.amount, mint.decimals) };
  }),
  getTokenSupply: method([AddressText, Config({})], (parts, address, config) => {
    const { at, context } = readAt(parts, config);
    const mint = mintOf(parts.ledger.account(addressOf(address), at));
    if (mint === null) throw invalidParams('Invalid param: could not find mint');
    return { context, value: tokenAmount(mint.supply, mint.decimals) };
  }),
};
