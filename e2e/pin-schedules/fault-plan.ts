/** Where a client process is killed: before or after the nth thing of a kind that it does. */
export interface Kill {
  /** A request kind of docs/protocol/pin-node.md section 4, `api`, or `vault` for a write of the device's own store. */
  readonly kind: string;
  /** Counted from 1 over all nodes. */
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** What goes wrong around one operation of a client. The same plan does the same however requests overtake each other. */
export interface ClientPlan {
  readonly kill: Kill | null;
  /** `PLACE/KIND/NTH`: the process is killed when all of these have been answered or lost. */
  readonly killAfter: readonly string[];
  /** Nodes that cannot be reached, by place. */
  readonly away: readonly number[];
  /** `PLACE/KIND/NTH` (nth of that kind to that node) of requests that never arrive, and of those whose answer does not. */
  readonly lostRequests: readonly string[];
  readonly lostAnswers: readonly string[];
}

/** A node is killed around a durable write, counted from 1 since the plan was made known. */
export interface NodePlan {
  readonly write: number;
  readonly when: 'before' | 'after';
}

export const noFaults: ClientPlan = {
  kill: null,
  killAfter: [],
  away: [],
  lostRequests: [],
  lostAnswers: [],
};

/** SIGKILL: nothing more runs in this process, no handler and no `finally`. */
export function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}
