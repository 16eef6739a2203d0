import { DomainError, routes } from '@hexkey/contract';
import {
  equalBytes,
  fromBase58,
  fromBase64url,
  isOnCurve,
  toBase58,
  verifyEd25519,
  walletAddressStatement,
} from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import type { Identity } from '../../identity/identity.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import type { Recipient } from '../wallet.ts';

/** Who is paid, checked as far as this device can. */
export interface Payee {
  /** 32 bytes. */
  readonly address: Uint8Array;
  readonly hexkeyId: string | null;
  readonly name: string | null;
  readonly isContact: boolean;
}

/** Whom this device has met. */
export interface Met {
  readonly identity: Identity;
  /** Ids of the accounts that conversations have shown under a Hexkey ID. */
  readonly accountsOf: (hexkeyId: string) => Promise<readonly string[]>;
}

/**
 * An address as it was pasted, or that of a person: then it must be signed by the identity this device has pinned, so that the server cannot name another (docs/protocol/wallet.md
 * section 5), nor another person. Somebody never met is believed once, and pinned by it.
 * @throws {DomainError} `InvalidAddress`, `AccountDeleted`, `NotFound` (person, wallet), `SecurityCodeChanged`, `TooMany`
 */
export async function resolveRecipient(
  client: Client,
  account: KeptAccount,
  met: Met,
  to: Recipient,
): Promise<Payee> {
  if ('address' in to) {
    const address = addressOf(to.address);
    const known = (await client.deps.vault.walletBook(account.accountId)).payees[to.address];
    return { address, hexkeyId: known?.hexkeyId ?? null, name: known?.name ?? null, isContact: false };
  }
  const { hexkeyId } = to;
  const caller = callerOf(client, account);
  const person = await client.api.call(routes.findPerson, { caller, query: { hexkeyId } });
  if (person.kind === 'deleted') throw new DomainError('AccountDeleted', {});
  const address = await pinnedAddress(client, account, met, hexkeyId);
  const payee = { hexkeyId, name: person.name };
  await client.deps.vault.changeWalletBook(account.accountId, (book) => ({
    ...book,
    payees: { ...book.payees, [toBase58(address)]: payee },
  }));
  return { address, ...payee, isContact: person.relation === 'contact' };
}

/** Where a person is paid, by the identity this device has pinned of them. @throws {DomainError} `NotFound` (wallet), `SecurityCodeChanged`, `TooMany` */
export async function pinnedAddress(
  client: Client,
  account: KeptAccount,
  { identity, accountsOf }: Met,
  hexkeyId: string,
): Promise<Uint8Array> {
  const caller = callerOf(client, account);
  const told = await client.api.call(routes.getWalletAddress, { caller, query: { hexkeyId } });
  const changed = new DomainError('SecurityCodeChanged', { hexkeyId });
  // The server says whose Hexkey ID it is: never somebody else's than it was before.
  if ((await accountsOf(hexkeyId)).some((accountId) => accountId !== told.accountId)) throw changed;
  if (told.deviceList !== null) await identity.take(told.accountId, told.deviceList);
  const known = await identity.known(told.accountId);
  const aik = fromBase64url(told.aik);
  // A key that took the place of another without its word may be anybody's: for money the owner compares first.
  const isDoubtful = known !== null && known.changedAtMs !== null && known.standing !== 'verified';
  if (isDoubtful || (known !== null && !equalBytes(known.aik, aik))) throw changed;
  const address = fromBase64url(told.publicKey);
  const statement = walletAddressStatement(told.accountId, address);
  if (!verifyEd25519(aik, statement, fromBase64url(told.signature))) throw changed;
  // An account has one wallet for good.
  const { payees } = await client.deps.vault.walletBook(account.accountId);
  const isMoved = Object.entries(payees).some(
    ([paid, payee]) => payee.hexkeyId === hexkeyId && paid !== toBase58(address),
  );
  if (isMoved) throw changed;
  return address;
}

/** @throws {DomainError} `InvalidAddress`: no base58 of 32 bytes, or one that no key can belong to */
export function addressOf(text: string): Uint8Array {
  try {
    const address = fromBase58(text.trim(), 32);
    if (isOnCurve(address)) return address;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new DomainError('InvalidAddress', {});
}
