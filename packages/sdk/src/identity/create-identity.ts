import {
  type DeviceList,
  equalBytes,
  isListed,
  isOfLine,
  readCredential,
  readDeviceList,
  type SignedDeviceList,
  verifyDeviceList,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import type { OpenAccount } from '../account/open-account.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { fetchDeviceLists, readSignedList } from './fetch-device-lists.ts';
import type { Identity, IdentityChange, KnownIdentity } from './identity.ts';
import type { IdentityBook, Pin } from './identity-book.ts';
import { type TakenList, takeList } from './take-list.ts';
import { validateLeaf } from './validate-leaf.ts';

/** @param open runs what is asked for on the account this page shows */
export function createIdentity(
  client: Client,
  open: OpenAccount,
  subscribe: Identity['subscribe'],
): Identity {
  // Asked for every line of a list of chats; read anew once anything was told.
  let held: { readonly accountId: string; readonly book: Promise<IdentityBook> } | null = null;
  subscribe(() => {
    held = null;
  });
  function bookOf({ accountId }: KeptAccount): Promise<IdentityBook> {
    if (held?.accountId !== accountId) held = { accountId, book: client.deps.vault.identityBook(accountId) };
    return held.book;
  }

  async function listOf(account: KeptAccount, accountId: string): Promise<DeviceList | null> {
    const pin = (await bookOf(account)).pins[accountId];
    return pin === undefined ? null : readDeviceList(pin.list);
  }

  async function refresh(account: KeptAccount, accountIds: readonly string[]): Promise<void> {
    for (const list of await fetchDeviceLists(client, account, accountIds)) {
      const accountId = verifyDeviceList(list)?.accountId;
      // One that nobody asked for is nobody's business.
      if (accountId !== undefined && accountIds.includes(accountId))
        await takeShownList(client, account, accountId, list);
    }
  }

  return {
    own: () =>
      open.read(async (account) => {
        const { own } = await bookOf(account);
        return own?.sessionId === account.session.sessionId ? own : null;
      }),
    known: (accountId) =>
      open.read(async (account) => {
        const pin = (await bookOf(account)).pins[accountId];
        return pin === undefined ? null : knownIdentity(pin);
      }),
    validate: (identity, signatureKey, how = 'entering') =>
      open.read((account) =>
        validateLeaf(
          { identity, signatureKey, how },
          (accountId) => listOf(account, accountId),
          (accountId) => refresh(account, [accountId]),
        ),
      ),
    take: (accountId, list) =>
      open.read((account) => takeShownList(client, account, accountId, readSignedList(list))),
    refresh: (accountIds) => open.read((account) => refresh(account, accountIds)),
    unlisted: (leaves) =>
      open.read(async (account) => {
        const lists = listsOf(await bookOf(account), leaves);
        return leaves.filter(({ accountId, deviceId, signatureKey }) => {
          const list = lists.get(accountId) ?? null;
          return list !== null && !isListed(list, deviceId, signatureKey);
        });
      }),
    outOfLine: (leaves) =>
      open.read(async (account) => {
        const lists = listsOf(await bookOf(account), leaves);
        return leaves.filter(({ accountId, identity }) => {
          const list = lists.get(accountId) ?? null;
          return list === null || !isOfLine(list, readCredential(identity).aik);
        });
      }),
    setStanding: (accountId, standing, aik) =>
      open.read(async (account) => {
        let isSeen = false;
        await client.deps.vault.changeIdentityBook(account.accountId, (book) => {
          const pin = book.pins[accountId];
          isSeen = pin !== undefined && equalBytes(readDeviceList(pin.list).aik, aik);
          if (pin === undefined || !isSeen || accountId === account.accountId) return book;
          return { ...book, pins: { ...book.pins, [accountId]: { ...pin, standing } } };
        });
        client.identityChanged({ kind: 'standing', accountId });
        return isSeen;
      }),
    subscribe,
  };
}

/** The pinned lists of whoever has these leaves, each read once. */
function listsOf(
  { pins }: IdentityBook,
  leaves: readonly { readonly accountId: string }[],
): ReadonlyMap<string, DeviceList | null> {
  const listOfPin = (pin: Pin | undefined) => (pin === undefined ? null : readDeviceList(pin.list));
  const accountIds = new Set(leaves.map(({ accountId }) => accountId));
  return new Map([...accountIds].map((id) => [id, listOfPin(pins[id])] as const));
}

/** Judges and keeps in one transaction: another page may be taking the same list. */
async function takeShownList(
  client: Client,
  account: KeptAccount,
  accountId: string,
  list: SignedDeviceList,
): Promise<void> {
  const of = { accountId, isSelf: accountId === account.accountId };
  const nowMs = client.deps.clock.now();
  let taken: TakenList | null = null;
  await client.deps.vault.changeIdentityBook(account.accountId, (book) => {
    const before = book.pins[accountId] ?? null;
    taken = takeList(before, list, of, nowMs);
    if (taken.pin === before || taken.pin === null) return book;
    return { ...book, pins: { ...book.pins, [accountId]: taken.pin } };
  });
  const change = changeOf(accountId, taken);
  if (change !== null) client.identityChanged(change);
}

const news: ReadonlySet<TakenList['verdict']> = new Set(['first', 'newer', 'handed-over']);

function changeOf(accountId: string, taken: TakenList | null): IdentityChange | null {
  if (taken?.verdict === 'replaced' && taken.pin !== null) return { kind: 'code-changed', accountId };
  const isNews = taken !== null && taken.pin !== null && news.has(taken.verdict);
  return isNews ? { kind: 'devices', accountId } : null;
}

function knownIdentity(pin: Pin): KnownIdentity {
  const { accountId, aik, devices } = readDeviceList(pin.list);
  return { accountId, aik, devices, standing: pin.standing, changedAtMs: pin.changedAtMs };
}
