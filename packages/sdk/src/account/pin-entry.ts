import type { Secret } from '@hexkey/protocol';
import type { PinProgress } from '../hexkey.ts';

/** A PIN as it was typed for one operation. */
export interface PinEntry {
  readonly pin: Secret<string>;
  /** What the log calls the operation: letters only. */
  readonly operation: string;
  /** The owner wants the account that is about to be deleted. */
  readonly keepsAccount?: boolean;
  readonly onProgress: (progress: PinProgress) => void;
}
