/** Devices of the owner are 0 and 1. */
export type MoveTask = 'none' | 'asked' | 'failed' | 'ok';

/** What a device knows of the mark of a node's last right PIN, as in `staging/state.ts`. */
export type MoveMark = 'none' | 'own' | 'outdated';

/** A request that was sent and has not arrived. */
export interface LateMove {
  readonly kind: 'arrive' | 'close' | 'activate' | 'commit';
  readonly device: number;
  /** The record that is committed, or left. */
  readonly version: number;
  readonly arrival: number;
  /** Whether it names a mark, and that is not the node's any more. */
  readonly mark: MoveMark;
}

export interface OldNode {
  /** Never answers, from the beginning on. */
  readonly dead: boolean;
  readonly committed: number | null;
  readonly staged: number | null;
  /** Devices with a recent right PIN, as bits. */
  readonly rights: number;
  readonly marks: readonly MoveMark[];
  /** Which version it has let go. */
  readonly left: number | null;
  readonly tasks: readonly MoveTask[];
  readonly late: readonly LateMove[];
}

export interface NewNode {
  readonly dead: boolean;
  /** Arrived records that are not served, in order. */
  readonly arrivals: readonly number[];
  readonly serves: number | null;
  /** Beside that: a first record of somebody's, or one on the word of t others. */
  readonly staged: 'first' | 'word' | null;
  readonly tasks: readonly MoveTask[];
  readonly late: readonly LateMove[];
}

/** A record at the old nodes. */
export interface OldVersion {
  readonly pin: number;
}

/** A record at the new nodes: of the PIN of the version whose place it takes. */
export interface NewVersion {
  readonly left: number;
  readonly byStranger: boolean;
}

export type MovePhase =
  | 'idle'
  | 'release'
  | 'settle'
  | 'stage'
  | 'check'
  | 'commit'
  | 'arrive'
  | 'close'
  | 'activate'
  /** A fresh record of the proven PIN, on the word of t new nodes: staged where it was missed, then committed. */
  | 'word'
  | 'take';

export type MoveJob = 'change' | 'move' | 'finish' | 'repair';

export interface MovingDevice {
  readonly phase: MovePhase;
  readonly job: MoveJob;
  readonly typed: number;
  /** The version that is proven, then staged and committed; of a move the one that is left. */
  readonly version: number;
  readonly arrival: number;
  /** Of a repair: no request to a node that answers was lost. */
  readonly undisturbed: boolean;
}

export interface MovingState {
  readonly old: readonly OldNode[];
  readonly next: readonly NewNode[];
  readonly devices: readonly MovingDevice[];
  readonly versions: readonly OldVersion[];
  readonly arrivals: readonly NewVersion[];
  readonly left: {
    readonly changes: number;
    readonly moves: number;
    readonly finishes: number;
    readonly repairs: number;
    readonly late: number;
  };
  /** The owner has ordered a move: from then on anybody with a session may know the order. */
  readonly ordered: boolean;
  /** The PIN of the last operation that was said to be done, until the next begins. */
  readonly done: number | null;
}

/** Stands for a first record that somebody set at a new node: no arrival. */
export const firstRecord = -2;

export const idleDevice: MovingDevice = {
  phase: 'idle',
  job: 'move',
  typed: 0,
  version: -1,
  arrival: -1,
  undisturbed: true,
};

export const isOpen = (node: OldNode): boolean => node.left === null;

export const holdsOld = (node: OldNode, version: number): boolean =>
  isOpen(node) && (node.committed === version || node.staged === version);

export const holdsNew = (node: NewNode, arrival: number): boolean =>
  node.serves === arrival || node.arrivals.includes(arrival);
