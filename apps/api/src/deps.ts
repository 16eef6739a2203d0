import type { Clock, KeyPair, Random, VerifiedNodeSet } from '@hexkey/protocol';
import type { Logger } from 'pino';
import type { BlobStore } from './attachments/blob-store.ts';
import type { Stores } from './database/stores.ts';
import type { Transact } from './database/transact.ts';
import type { ServerKeys } from './keys/server-keys.ts';
import type { SmsSender } from './phone-verification/sms-sender.ts';

/** What use cases are given; each names the part it needs. */
export interface Deps {
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: ServerKeys;
  /** Signs what Team Hexkey says. */
  readonly teamKey: KeyPair;
  /** Single statements. */
  readonly stores: Stores;
  readonly transact: Transact;
  /** Bytes of sealed attachments. */
  readonly blobs: BlobStore;
  /** null: this installation sends no SMS. */
  readonly sms: SmsSender | null;
  /** The one that new accounts begin with. */
  readonly nodeSet: VerifiedNodeSet;
  /** Oldest first, each the successor of the one before; `nodeSet` is the last. */
  readonly nodeSets: readonly VerifiedNodeSet[];
  readonly proofOfWorkBits: number;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  /** `MAJOR.MINOR.PATCH` below which clients must update. */
  readonly minimumClientVersion: string;
}
