import { DomainError, isDomainError, routes } from '@hexkey/contract';
import { toBase58 } from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import type { Chats } from '../../chats/chats.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import type { Transfer } from '../wallet.ts';
import { type Met, pinnedAddress } from './resolve-recipient.ts';

/** People asked about at once. */
const mostAtOnce = 20;
/** Of conversations, the last ones first: a stranger costs a lookup at the server, which are few. */
const mostPeers = 5;

interface KnownPerson {
  readonly hexkeyId: string;
  readonly name: string | null;
}

/**
 * Finds out whose the addresses are that payments came from, among the owner's contacts and the people of their conversations. Each person's address is believed as for a
 * payment to them (ADR 64): signed by the identity that is pinned. The server's word for who paid is never asked for.
 */
export function createPayeeLearner(client: Client, met: Met, chats: Pick<Chats, 'list'> | null) {
  // As long as the page is open: whoever has no wallet, or whose address is in doubt, is not asked about again and again. Both by account.
  const asked = new Set<string>();
  const looked = new Set<string>();

  async function knownPeople(account: KeptAccount): Promise<readonly KnownPerson[]> {
    const contacts = await client.api.call(routes.listContacts, { caller: callerOf(client, account) });
    const peers = ((await chats?.list()) ?? [])
      .flatMap(({ peer }) => (peer?.person == null ? [] : [peer.person]))
      .slice(0, mostPeers);
    return [...contacts.people, ...peers].filter(
      ({ hexkeyId }) => !asked.has(`${account.accountId} ${hexkeyId}`),
    );
  }

  async function learnOf(account: KeptAccount, { hexkeyId, name }: KnownPerson): Promise<void> {
    const question = `${account.accountId} ${hexkeyId}`;
    if (asked.has(question)) return;
    asked.add(question);
    try {
      const address = toBase58(await pinnedAddress(client, account, met, hexkeyId));
      await client.deps.vault.changeWalletBook(account.accountId, (book) => ({
        ...book,
        payees: { ...book.payees, [address]: { hexkeyId, name } },
      }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Nothing was said about this one: another time.
      if (isDomainError(error, 'Offline') || isDomainError(error, 'TooMany')) asked.delete(question);
    }
  }

  return {
    /** @returns whether there may be names now that were not there before */
    async learn(account: KeptAccount, transfers: readonly Transfer[]): Promise<boolean> {
      const unknown = transfers
        .filter(({ counterparty }) => counterparty.hexkeyId === null && counterparty.address !== '')
        .map(({ counterparty }) => counterparty.address)
        .filter((address) => !looked.has(`${account.accountId} ${address}`));
      if (unknown.length === 0) return false;
      try {
        const people = await knownPeople(account);
        await Promise.all(people.slice(0, mostAtOnce).map((person) => learnOf(account, person)));
      } catch (error) {
        // The history is shown without names: the server is away.
        if (!(error instanceof DomainError)) throw error;
        return false;
      }
      for (const address of unknown) looked.add(`${account.accountId} ${address}`);
      return true;
    },
  };
}
