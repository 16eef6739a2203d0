import { createHash } from 'node:crypto';
import { type ClientPlan, type NodePlan, noFaults } from './fault-plan.ts';

/** One operation of the owner, and what goes wrong around it. */
export interface Act {
  readonly operation: 'setPin' | 'changePin' | 'replaceSecret' | 'enter';
  /** Which of the account's PINs is typed: of a change, the old one; `meant` is the one the owner meant last. */
  readonly typed: 'first' | 'second' | 'meant';
  readonly plan: ClientPlan;
  readonly nodePlans: readonly { readonly node: number; readonly plan: NodePlan }[];
  readonly killsApi: boolean;
  /** What passes before the next act. */
  readonly waitsMs: number;
  /** What each node must hold after it, committed and staged, counted from the record there was before: of a trace of the model. */
  readonly leaves?: readonly Held<number>[];
}

/** Versions that a node holds. */
export interface Held<V> {
  readonly committed: V | null;
  readonly staged: V | null;
}

export interface Schedule {
  readonly seed: string;
  readonly acts: readonly Act[];
  /** Somebody with the words guesses from three devices at once, while a node is killed. */
  readonly attack: { readonly node: number; readonly plan: NodePlan } | null;
  /** The n-t nodes that never answer another device again, once the account was entered with all of them. */
  readonly laterDead: readonly number[];
}

/** Past the ten minutes in which a node remembers who showed it the PIN. */
export const minutesMs = 11 * 60_000;
/** Past the day in which a node counts the guesses of one device: what was interrupted is not forgiven. */
const dayMs = 25 * 3_600_000;

export const inPeace = {
  typed: 'first',
  plan: noFaults,
  nodePlans: [],
  killsApi: false,
  waitsMs: minutesMs,
} as const;

/** A PIN is set in peace, then guessed at. */
export const attackOnly: Schedule = {
  seed: 'attack',
  acts: [{ ...inPeace, operation: 'setPin' }],
  attack: { node: 0, plan: { write: 4, when: 'before' } },
  laterDead: [],
};

/** A PIN is set in peace, then changed under each of these plans, and the old PIN is entered last unless `entersOld` is false. */
export function changesUnder(plans: readonly Partial<ClientPlan>[], entersOld = true): Schedule {
  const changes = plans.map((plan) => {
    return { ...inPeace, operation: 'changePin' as const, plan: { ...noFaults, ...plan } };
  });
  const entry = { ...inPeace, operation: 'enter' } as const;
  return {
    seed: 'changes',
    acts: [{ ...inPeace, operation: 'setPin' }, ...changes, ...(entersOld ? [entry] : [])],
    attack: null,
    laterDead: [],
  };
}

/** Every request of a kind to these nodes is lost. */
export function lostAt(kind: string, nodes: readonly number[]): readonly string[] {
  return nodes.flatMap((node) => [1, 2, 3, 4].map((nth) => `${node}/${kind}/${nth}`));
}

/** What an entry does unless there is something to settle, and what else an operation can do. */
const entryKinds = ['ListVersions', 'Recover2', 'Recover3'];
const otherKinds = ['Stage', 'Commit', 'api', 'vault'];
const kinds = [...entryKinds, ...otherKinds, 'Vouch'];
const likelyKinds = {
  setPin: [...otherKinds, 'Stage', 'Commit'],
  changePin: [...otherKinds, ...entryKinds, 'Stage', 'Commit'],
  replaceSecret: [...otherKinds, ...entryKinds, 'Stage', 'Commit'],
  enter: entryKinds,
} as const;
const operations = ['changePin', 'changePin', 'replaceSecret', 'enter', 'enter'] as const;

/** The schedule of a seed, always the same. @param nodes how many there are */
export function scheduleOf(seed: string, nodes: number, threshold: number): Schedule {
  const { below, chance, pick } = dice(seed);
  const away = () =>
    chance(0.3)
      ? Array.from({ length: nodes }, (_, node) => node)
          .filter(() => chance(0.4))
          .slice(0, nodes - threshold)
      : [];
  const someNodes = () => {
    const order = Array.from({ length: nodes }, (_, node) => ({ node, at: below(1_000_000) }));
    order.sort((left, right) => left.at - right.at);
    return order.slice(0, nodes - threshold).map(({ node }) => node);
  };
  const lost = (rate: number) =>
    Array.from({ length: nodes }, (_, node) => node).flatMap((node) =>
      kinds.flatMap((kind) => [1, 2, 3].flatMap((nth) => (chance(rate) ? [`${node}/${kind}/${nth}`] : []))),
    );
  const when = () => (chance(0.5) ? ('before' as const) : ('after' as const));
  // An entry writes a guess and a right PIN, a change two more.
  const nodePlan = (node: number, writes: number) => ({
    node,
    plan: { write: 1 + below(writes), when: when() },
  });
  const kill = (operation: Act['operation']) => {
    const kind = pick(chance(0.85) ? likelyKinds[operation] : [...entryKinds, ...otherKinds]);
    // What a kind is asked for at the last node is often not waited for.
    const most = { api: 3, vault: 1 }[kind] ?? (chance(0.7) ? threshold : nodes);
    return { kind, nth: 1 + below(most), when: when() };
  };
  const act = (operation: Act['operation'], faults: number, waitsMs: number): Act => {
    const dies = chance(faults);
    return {
      operation,
      typed: operation === 'enter' ? pick(['first', 'second'] as const) : 'meant',
      plan: {
        kill: dies ? kill(operation) : null,
        killAfter: [],
        away: away(),
        // Too much lost, and it never comes to the kill.
        lostRequests: lost(faults * (dies ? 0.03 : 0.12)),
        lostAnswers: lost(faults * (dies ? 0.03 : 0.12)),
      },
      // Where the device lives on, a node dies more often than not.
      nodePlans: chance(dies ? faults * 0.3 : faults * 0.8)
        ? someNodes()
            .slice(0, 1 + (chance(0.3) ? below(nodes - threshold) : 0))
            .map((node) => nodePlan(node, operation === 'enter' ? 2 : 4))
        : [],
      killsApi: chance(0.005),
      waitsMs,
    };
  };
  const disturbed = (waitsMs: number) => act(pick(operations), 0.8, waitsMs);
  // A kill is what costs: most schedules have about one, some are a long history of what was interrupted.
  const isLong = chance(0.04);
  const interruptsSet = chance(isLong ? 0.4 : 0.2);
  const acts = isLong
    ? Array.from({ length: 3 }, () => [disturbed(chance(0.5) ? 0 : minutesMs), disturbed(dayMs)]).flat()
    : Array.from({ length: (interruptsSet ? 0 : 1) + (chance(0.15) ? 1 : 0) }, () => disturbed(minutesMs));
  return {
    seed,
    // Two acts a day: what they leave counted locks no device.
    acts: [
      act('setPin', interruptsSet ? 0.9 : 0, chance(0.5) ? 0 : minutesMs),
      ...(isLong ? [act('changePin', 0.9, dayMs)] : []),
      ...acts,
    ],
    attack: chance(0.02) ? nodePlan(below(nodes), 4) : null,
    laterDead: someNodes(),
  };
}

function dice(seed: string) {
  let rolls = 0;
  const below = (end: number) => {
    const bytes = createHash('sha256').update(`${seed}/${rolls}`).digest();
    rolls += 1;
    return bytes.readUInt32BE(0) % end;
  };
  return {
    below,
    chance: (probability: number) => below(1_000_000) < probability * 1_000_000,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
  };
}
