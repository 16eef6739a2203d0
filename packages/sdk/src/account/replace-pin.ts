import { routes } from '@hexkey/contract';
import { loginKeyPair, type PinSecret, pinAuthKeyPair, type Secret } from '@hexkey/protocol';
import type { PinProgress } from '../hexkey.ts';
import { commitRecord } from '../pin/commit-record.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import { type HeldBefore, type StagedRecord, stageRecord } from '../pin/stage-record.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { entropyWithPin } from './kept-entropy.ts';

/**
 * Stages a new record of the same secret at every node that answered, beside what they hold. This device has just shown them the PIN.
 *
 * @param before as `stageRecord` takes it
 * @param next.secret S_pin; unless it `replaces` another nothing that is sealed under it changes
 * @throws {DomainError} `NodesUnavailable` below t nodes: the PIN before is still the one
 */
export async function stagePin(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  next: { readonly pin: Secret<string>; readonly secret: PinSecret; readonly replaces?: PinSecret },
  before: HeldBefore,
  onProgress: (progress: PinProgress) => void,
): Promise<StagedRecord> {
  const { random, pinHash } = client.deps;
  const loginKey = loginKeyPair(await entropyWithPin(client, account, next.secret)).publicKey;
  return stageRecord({ channel, pinHash, random }, { ...next, loginKey }, before, onProgress);
}

/**
 * Makes a staged or proven record the account's. A `repair` is one of the PIN that was the account's before. The server is told before the first commit, so that no change takes effect without an
 * entry in the account's log.
 * @throws {DomainError} `NodesUnavailable` below t commits: either PIN may be proven to settle it
 */
export async function commitPin(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  pinSecret: PinSecret,
  record: StagedRecord,
  kind: 'change' | 'repair',
): Promise<void> {
  const caller = callerOf(client, account);
  await callWithPin(client.api, routes.changePin, caller, pinAuthKeyPair(pinSecret), {
    body: { kind },
  });
  await commitRecord(channel, record);
}
