/** How a node answered when it was asked how it is. */
export type NodeState =
  /** It checks PINs. */
  | 'serving'
  /** It is about to stop. */
  | 'draining'
  /** Its clock jumped, or is behind its last run: it checks no PIN until its operator has looked. */
  | 'clock-jumped'
  | 'clock-behind'
  /** No connection, or none that answers in time. */
  | 'not-answering'
  /** The address belongs to a node that is not in the set. */
  | 'another-node'
  /** What answers there is no PIN node. */
  | 'no-node';

/** A node, as the signed document of its set names it. */
export interface DescribedNode {
  /** 16 bytes, lower-case hexadecimal. */
  readonly realmId: string;
  readonly name: string;
  readonly operator: string;
  readonly region: string;
  readonly address: string;
  /** `keyFingerprint` of the key that signs its attempt logs. */
  readonly fingerprint: string;
}

/** The same, and how it is now. */
export interface PinNodeView extends DescribedNode {
  readonly state: NodeState;
  /** Of its software, as it says itself; null without an answer of this node. */
  readonly version: string | null;
  /** From the request to the whole answer; null without an answer of this node. */
  readonly latencyMs: number | null;
}

interface SetSummary {
  readonly setId: string;
  readonly epoch: number;
  /** How many of them open a PIN together. */
  readonly threshold: number;
  /** Who runs so many of them that it could search the PIN alone; null when nobody does. */
  readonly dominantOperator: string | null;
}

/** The set that the PIN would move to. */
export interface NextNodes extends SetSummary {
  readonly nodes: readonly DescribedNode[];
}

/** The PIN nodes of an account. */
export interface PinNodes extends SetSummary {
  readonly nodes: readonly PinNodeView[];
  /** Null when the PIN is on the newest set. */
  readonly next: NextNodes | null;
  readonly askedAtMs: number;
}
