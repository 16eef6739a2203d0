import type { SignedNodeSet } from '@hexkey/protocol';
import { Secret, textOf, utf8 } from '@hexkey/protocol';
import type { HexkeyDeps } from '../deps.ts';
import { openDeviceSeal, sealForDevice } from '../storage/device-seal.ts';
import type { ConflictJson, EntryJson, HeadJson, SeenHeadJson } from './history-json.ts';
import type { NodeHistoryVerdict, OwnDevice, PinWarning } from './pin-history.ts';

/** What this device knows of one node's history. */
export interface KeptNodeLog {
  readonly realmId: string;
  /** Of the last time it was read. */
  readonly verdict: NodeHistoryVerdict;
  readonly checkedAtMs: number | null;
  /** The last head that was verified here. */
  readonly head: SeenHeadJson | null;
  /** The newest verified entries, in order, up to the head. */
  readonly entries: readonly EntryJson[];
  /** What the node signed instead, when it was last found wrong; the history goes on from there once the owner accepts it. */
  readonly told: HeadJson | null;
  readonly conflicts: readonly ConflictJson[];
  /** When the history was read that the owner accepted in the place of another; heads that were shared before it do not count. */
  readonly acceptedAtMs: number | null;
}

/** What this device knows of the attempts on the PIN of one account. */
export interface KeptLog {
  readonly layout: 1;
  readonly readAtMs: number;
  readonly nodeSet: SignedNodeSet;
  /** Public PIN-auth key, base64url: names the S_pin under which heads were shared last. */
  readonly pinAuthKey: string;
  /** Right PINs before this prove no device the owner's: S_pin was another. */
  readonly knownSinceMs: number;
  /** Of the newest shared heads this device has read or written; 0 for none. */
  readonly revision: number;
  /** SHA-256 of their seal, base64url. */
  readonly sharedHash: string | null;
  readonly devices: readonly OwnDevice[];
  readonly nodes: readonly KeptNodeLog[];
  readonly warnings: readonly PinWarning[];
}

type LogDeps = Pick<HexkeyDeps, 'engine' | 'vault' | 'random'>;

/** Null when nothing was read on this device. */
export async function readKeptLog({ engine, vault }: LogDeps, accountId: string): Promise<KeptLog | null> {
  const sealed = await vault.attemptLog(accountId);
  if (sealed === null) return null;
  // Sealed by this device, so it is what this device wrote.
  return JSON.parse(textOf((await openDeviceSeal(engine, sealed)).reveal())) as KeptLog;
}

/** Sealed under a key of this device: the log tells when its owner is awake. */
export async function keepLog(
  { engine, vault, random }: LogDeps,
  accountId: string,
  log: KeptLog,
): Promise<void> {
  const plaintext = new Secret(utf8(JSON.stringify(log)));
  await vault.keepAttemptLog(accountId, await sealForDevice(engine, random, plaintext));
}
