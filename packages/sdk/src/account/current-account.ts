import { DomainError } from '@hexkey/contract';
import { deviceSigner } from '../storage/device-key.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Caller } from '../transport/api-client.ts';
import type { Client } from './client.ts';

/** The account of this device's session. @throws {DomainError} `SessionEnded` when there is none */
export async function currentAccount({ deps }: Client): Promise<KeptAccount> {
  const account = await deps.vault.currentAccount();
  if (account === null) throw new DomainError('SessionEnded', {});
  return account;
}

/** Signs requests as the session of a kept account. */
export function callerOf({ deps }: Client, { session, deviceKey }: KeptAccount): Caller {
  return {
    sessionId: session.sessionId,
    accountId: session.accountId,
    device: deviceSigner(deps.engine, deviceKey),
  };
}
