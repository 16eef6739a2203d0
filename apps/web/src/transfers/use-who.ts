import type { Transfer } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';
import { shortAddress } from './short-address.ts';

/** What the other side of a payment is called in a line: a name, a Hexkey ID, or the ends of an address. */
export function useWho(): (who: Transfer['counterparty']) => string {
  const t = useT();
  return ({ name, hexkeyId, address }) => {
    if (name !== null) return name;
    if (hexkeyId === null && address === '') return t('transfer.nobody');
    return hexkeyId === null ? shortAddress(address) : `${t('contacts.nameless')} ${hexkeyId}`;
  };
}
