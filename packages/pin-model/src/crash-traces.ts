import { stagingModel } from './staging/staging-model.ts';
import type { StagingState } from './staging/state.ts';

/** A shortest way to a crash that leaves the nodes as no shorter one does. */
export interface CrashTrace {
  readonly steps: readonly string[];
  /** What each node holds then: 0 is the record there was, 1 the one of the new PIN. */
  readonly held: readonly { readonly committed: number | null; readonly staged: number | null }[];
  /** Whether the server had heard of the new record. */
  readonly told: boolean;
}

/** One PIN change by one device, killed wherever it can be: what the nodes hold then, and what the server knows, told apart up to symmetry. */
export function crashTraces(nodes: number, threshold: number): readonly CrashTrace[] {
  const model = stagingModel({
    nodes,
    threshold,
    dead: 0,
    story: 'change',
    parallel: 1,
    devices: 1,
    changes: 1,
    entries: 0,
    records: 1,
    late: 0,
    stranger: false,
  });
  const seen = new Set([model.key(model.initial)]);
  const traces = new Map<string, CrashTrace>();
  let layer: { readonly state: StagingState; readonly steps: readonly string[] }[] = [
    { state: model.initial, steps: [] },
  ];
  while (layer.length > 0) {
    const next: typeof layer = [];
    for (const { state, steps } of layer)
      for (const step of model.steps(state)) {
        const way = { state: step.state, steps: [...steps, step.label] };
        if (step.label === 'device 0 is killed') {
          const trace = traceOf(way.steps, state);
          const key = patternOf(trace);
          if (!traces.has(key)) traces.set(key, trace);
        }
        const key = model.key(step.state);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(way);
      }
    layer = next;
  }
  return [...traces.values()];
}

function traceOf(steps: readonly string[], { nodes, versions }: StagingState): CrashTrace {
  const pinOf = (version: number | null) => (version === null ? null : (versions[version]?.pin ?? null));
  return {
    steps,
    held: nodes.map(({ committed, staged }) => ({ committed: pinOf(committed), staged: pinOf(staged) })),
    told: versions.some(({ pin, told }) => pin === 1 && told),
  };
}

function patternOf({ held, told }: CrashTrace): string {
  const each = held.map(({ committed, staged }) => `${committed}${staged ?? '-'}`);
  return `${each.sort().join()}${told ? 'told' : ''}`;
}
