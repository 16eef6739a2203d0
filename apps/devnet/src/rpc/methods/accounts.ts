import { Type } from 'typebox';
import { accountSettings, encodeAccount } from '../encode-account.ts';
import { method } from '../method.ts';
import { AddressText, addressOf, Config, readAt } from '../params.ts';
import { invalidParams } from '../rpc-error.ts';

const maxAccounts = 100;
/** A program has hundreds of kilobytes: a hundred times its name is not a hundred times its bytes in memory. */
const maxAnswerBytes = 10 * 1024 * 1024;

/** What lies at addresses. */
export const accountMethods = {
  getBalance: method([AddressText, Config({})], (parts, address, config) => {
    const { at, context } = readAt(parts, config);
    return { context, value: parts.ledger.account(addressOf(address), at)?.lamports ?? 0n };
  }),
  getAccountInfo: method([AddressText, Config(accountSettings)], (parts, address, config) => {
    const { at, context } = readAt(parts, config);
    const account = parts.ledger.account(addressOf(address), at);
    const find = (one: Parameters<typeof parts.ledger.account>[0]) => parts.ledger.account(one, at);
    return { context, value: account && encodeAccount(account, config ?? {}, find) };
  }),
  getMultipleAccounts: method(
    [Type.Array(AddressText, { maxItems: maxAccounts }), Config(accountSettings)],
    (parts, addresses, config) => {
      const { at, context } = readAt(parts, config);
      const find = (one: Parameters<typeof parts.ledger.account>[0]) => parts.ledger.account(one, at);
      let leftBytes = maxAnswerBytes;
      const value = addresses.map((address) => {
        const account = find(addressOf(address));
        leftBytes -= Math.min(account?.data.length ?? 0, config?.dataSlice?.length ?? maxAnswerBytes);
        if (leftBytes < 0)
          throw invalidParams(`Invalid params: more than ${maxAnswerBytes} bytes of accounts`);
        return account && encodeAccount(account, config ?? {}, find);
      });
      return { context, value };
    },
  ),
};
