/** One thing that can happen in a state, and what it leads to. */
export interface Step<S> {
  readonly label: string;
  readonly state: S;
  /** What the step itself breaks; what a state breaks is `Model.broken`. */
  readonly broken?: string;
}

/** Everything that can happen. States are values: a step makes a new one. */
export interface Model<S> {
  readonly initial: S;
  steps(state: S): Iterable<Step<S>>;
  /**
   * Names the state up to symmetry: nodes share nothing and have no names that matter, so states that differ by a permutation of them
   * are one. Whole, not hashed: two states never fall together.
   */
  key(state: S): string;
  /** The rule a state breaks, or null. */
  broken(state: S): string | null;
}

export interface Exploration {
  readonly states: number;
  readonly transitions: number;
  /** Steps from the beginning to the farthest state. */
  readonly depth: number;
  /** A shortest way to a state that breaks a rule, or null: none does. */
  readonly counterexample: { readonly rule: string; readonly trace: readonly string[] } | null;
}

export class ModelTooLarge extends Error {
  override readonly name = 'ModelTooLarge';
}

/**
 * Visits every state that can be reached, nearest first, so that a counterexample is a shortest one.
 * @param stopAfter states after which the search is given up: an exploration is complete or it throws
 * @throws {ModelTooLarge}
 */
export function explore<S>(model: Model<S>, stopAfter = 20_000_000): Exploration {
  const seen = new Set<string>([model.key(model.initial)]);
  const parents: number[] = [-1];
  const labels: string[] = [''];
  const known = new Map<string, string>();
  let transitions = 0;
  let depth = 0;
  let first = 0;
  let layer: S[] = [model.initial];
  const found = (rule: string, trace: readonly string[]): Exploration => ({
    states: seen.size,
    transitions,
    depth,
    counterexample: { rule, trace },
  });
  const rule = model.broken(model.initial);
  if (rule !== null) return found(rule, []);

  while (layer.length > 0) {
    const next: S[] = [];
    for (const [place, state] of layer.entries())
      for (const step of model.steps(state)) {
        transitions += 1;
        const broken = step.broken ?? null;
        if (broken !== null) return found(broken, [...traceTo(first + place), step.label]);
        const key = model.key(step.state);
        if (seen.has(key)) continue;
        seen.add(key);
        parents.push(first + place);
        labels.push(interned(known, step.label));
        const rule = model.broken(step.state);
        if (rule !== null) return found(rule, traceTo(parents.length - 1));
        if (seen.size > stopAfter) throw new ModelTooLarge(`more than ${stopAfter} states`);
        next.push(step.state);
      }
    first += layer.length;
    layer = next;
    if (layer.length > 0) depth += 1;
  }
  return { states: seen.size, transitions, depth, counterexample: null };

  function traceTo(index: number): string[] {
    const trace: string[] = [];
    for (let at = index; at > 0; at = parents[at] as number) trace.push(labels[at] as string);
    return trace.reverse();
  }
}

function interned(known: Map<string, string>, label: string): string {
  const same = known.get(label);
  if (same !== undefined) return same;
  known.set(label, label);
  return label;
}
