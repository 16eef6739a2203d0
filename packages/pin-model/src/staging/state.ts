/** One record version: which PIN and which S_pin are behind it, and whether the server knew of it before. */
export interface Version {
  /** 0 is the first PIN, 1 the second; `stranger` for a record somebody else made. */
  readonly pin: number;
  /** Names an S_pin; with it goes its PIN-auth key. */
  readonly secret: number;
  readonly told: boolean;
}

export const strangersPin = 9;

/** What a node holds, as a survey tells it. */
export interface Held {
  readonly committed: number | null;
  readonly staged: number | null;
}

/** Stands for a record that no node holds any more and no request brings. */
export const gone = -1;

/** A request that was sent and has not arrived: it may arrive whenever it likes, also after its sender died. */
export interface LateRequest {
  readonly kind: 'stage' | 'commit' | 'release';
  readonly device: number;
  readonly version: number;
  readonly vouched: boolean;
  /** The S_pin whose PIN-auth key signs that another may follow it. */
  readonly handover: number | null;
  /** What a Stage is to replace; null when the node did not answer the survey. */
  readonly replaces: Held | null;
  /** It names another mark than the node's. */
  readonly isOutdated: boolean;
}

/**
 * What a device knows in its present operation about the mark of a node's last right PIN: nothing, what the survey `told`, that it is its
 * `own`, or one that another right PIN has changed since. Marks are random and never come back, so this is all there is to know about them.
 */
export type Mark = 'none' | 'told' | 'own' | 'outdated';

/** What became of the request that a device's present phase sends to a node. */
export type Task = 'none' | 'asked' | 'failed' | 'ok';

/** What a device knows about a node: what its last survey told, or, after its own Stage, that it holds the record; null: it did not answer. */
export type Seen = Held | 'has-staged' | null;

export interface NodeState {
  /** Never answers again, from the beginning on. */
  readonly dead: boolean;
  readonly committed: number | null;
  readonly staged: number | null;
  /** Devices with a recent right PIN, as bits: see `recent-rights.ts`. */
  readonly rights: number;
  /** By device. */
  readonly tasks: readonly Task[];
  readonly seen: readonly Seen[];
  readonly marks: readonly Mark[];
  readonly late: readonly LateRequest[];
}

export type Phase = 'idle' | 'survey' | 'release' | 'stage' | 'tell' | 'check' | 'commit' | 'activate';

/** What the phases of a device are for just now. */
export type Round =
  | 'prove'
  /** Committing what was proven, where it is staged, with others that could be proven too. */
  | 'settle'
  /** The survey after that. */
  | 'resurvey'
  /** A fresh record of the proven or the new PIN. */
  | 'replace'
  /** Committing, in passing, at nodes that were away. */
  | 'finish'
  /** A fresh record for nodes that missed the change. */
  | 'heal';

export type Job = 'change' | 'rotate' | 'enter' | 'set';

export interface DeviceState {
  readonly phase: Phase;
  readonly round: Round;
  readonly job: Job;
  readonly typed: number;
  /** The version that is being proven, staged or committed; null before. */
  readonly version: number | null;
  readonly proven: number | null;
  readonly contested: boolean;
  /** Its stages carry vouchers of t nodes. */
  readonly vouched: boolean;
  /** Nothing was lost on the way so far. */
  readonly undisturbed: boolean;
  /** A record of an earlier operation still spread while it worked. */
  readonly overtaken: boolean;
}

/** What the account server knows. */
export interface ServerState {
  readonly pinState: 'unset' | 'prepared' | 'set';
  readonly key: number | null;
  readonly prepared: number | null;
}

export interface StagingState {
  readonly nodes: readonly NodeState[];
  readonly devices: readonly DeviceState[];
  readonly versions: readonly Version[];
  readonly server: ServerState;
  readonly left: {
    readonly changes: number;
    readonly entries: number;
    readonly records: number;
    readonly late: number;
  };
  /** The last operation that was said to be done, until the next begins. */
  readonly done: { readonly pin: number; readonly everyNode: boolean } | null;
}

export const idle: DeviceState = {
  phase: 'idle',
  round: 'prove',
  job: 'enter',
  typed: 0,
  version: null,
  proven: null,
  contested: false,
  vouched: false,
  undisturbed: true,
  overtaken: false,
};

export function isCurrent(mark: Mark | undefined): boolean {
  return mark === 'told' || mark === 'own';
}

export function holds(node: NodeState, version: number): boolean {
  return node.committed === version || node.staged === version;
}

export function replaceAt<T>(list: readonly T[], at: number, value: T): readonly T[] {
  const copy = [...list];
  copy[at] = value;
  return copy;
}
