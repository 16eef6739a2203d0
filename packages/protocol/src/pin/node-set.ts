/** Who a guess is counted against (pin-network specification, section 3). */
export type BucketName = 'provenDevice' | 'words' | 'newDevice';
export const bucketNames = ['provenDevice', 'words', 'newDevice'] as const satisfies readonly BucketName[];

export function isBucketName(text: string): text is BucketName {
  return (bucketNames as readonly string[]).includes(text);
}

/** Guesses allowed in any window of that length; the last one locks the bucket for one window. */
export interface BucketLimit {
  readonly attempts: number;
  readonly windowMs: number;
}
export type GuessLimits = Readonly<Record<BucketName, BucketLimit>>;

export interface NodeSetEntry {
  /** 16 bytes, lower-case hexadecimal. */
  readonly realmId: string;
  /** Absolute, or relative to the origin that serves the client. Ends in `/`. */
  readonly address: string;
  /** Who runs it, in words for the owner. */
  readonly operator: string;
  readonly name: string;
  readonly region: string;
  /** Ed25519, base64url: signs the heads of attempt logs. */
  readonly logKey: string;
  /** X25519, base64url: for messages sealed to this node (RFC 9180). */
  readonly hpkeKey: string;
}

/** The PIN nodes of an installation: which they are, how many are needed, how often they may be asked. */
export interface NodeSet {
  readonly id: string;
  readonly epoch: number;
  /** t: how many nodes open a PIN record. There are n = 2t-1, so that a change that stops anywhere loses nothing. */
  readonly threshold: number;
  readonly limits: GuessLimits;
  /** Issuer of the tokens the nodes accept. */
  readonly tenant: string;
  readonly nodes: readonly NodeSetEntry[];
}
