import type { NodeSet, ReceivedLog, SignedNodeSet } from '@hexkey/protocol';
import type { SharedHeads } from './shared-heads.ts';

/** What the account server gave out as the heads that the owner's devices share. */
export type SharedAnswer =
  | {
      readonly state: 'opened';
      readonly heads: SharedHeads;
      readonly hash: string;
      readonly revision: number;
    }
  /** Sealed under another key, or damaged. */
  | { readonly state: 'unreadable'; readonly revision: number }
  | { readonly state: 'none' }
  /** No answer came: nothing follows from that. */
  | { readonly state: 'unasked' };

/** Everything one look at the logs brought home. */
export interface Look {
  /** When it began: whatever was read is at least as new. */
  readonly atMs: number;
  readonly accountId: string;
  readonly nodeSet: NodeSet;
  readonly signedNodeSet: SignedNodeSet;
  readonly self: { readonly thumbprint: string; readonly name: string };
  /** Public, base64url: names the S_pin that was recovered. */
  readonly pinAuthKey: string;
  readonly shared: SharedAnswer;
  /** By realm id; null from a node that did not answer. */
  readonly received: ReadonlyMap<string, ReceivedLog | null>;
}
