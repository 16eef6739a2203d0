import {
  type DeviceState,
  gone,
  type Held,
  type Mark,
  type NodeState,
  type Seen,
  type StagingState,
} from './state.ts';

/** Forgets versions that nobody holds or sends any more and numbers the rest anew: otherwise no state would ever be met again. */
export function withoutDeadVersions(state: StagingState): StagingState {
  const used = new Set<number>();
  const use = (version: number | null) => version !== null && used.add(version);
  for (const { committed, staged, seen, late } of state.nodes) {
    use(committed);
    use(staged);
    for (const told of seen)
      if (told !== null && typeof told === 'object') {
        use(told.committed);
        use(told.staged);
      }
    for (const { version } of late) use(version);
  }
  for (const { version, proven } of state.devices) {
    use(version);
    use(proven);
  }
  if (used.size === state.versions.length) return state;
  const kept = state.versions.flatMap((_, id) => (used.has(id) ? [id] : []));
  const names = new Map(kept.map((id, place) => [id, place]));
  const renamed = (version: number | null) => (version === null ? null : (names.get(version) ?? null));
  return {
    ...state,
    versions: kept.map((id) => state.versions[id] as StagingState['versions'][number]),
    nodes: state.nodes.map((node) => renamedNode(node, renamed)),
    devices: state.devices.map((device) => ({
      ...device,
      version: renamed(device.version),
      proven: renamed(device.proven),
    })),
  };
}

function renamedNode(node: NodeState, renamed: (version: number | null) => number | null): NodeState {
  return {
    ...node,
    committed: renamed(node.committed),
    staged: renamed(node.staged),
    seen: node.seen.map((told) =>
      told !== null && typeof told === 'object'
        ? { committed: renamed(told.committed), staged: renamed(told.staged) }
        : told,
    ),
    late: node.late.map((request) => ({
      ...request,
      version: renamed(request.version) as number,
      replaces: request.replaces && renamedHeld(request.replaces, renamed),
    })),
  };
}

function renamedHeld({ committed, staged }: Held, renamed: (version: number | null) => number | null): Held {
  const ifThere = (version: number | null) => (version === null ? null : (renamed(version) ?? gone));
  return { committed: ifThere(committed), staged: ifThere(staged) };
}

/** Nodes have no names: their states are sorted. */
export function stateKey({ nodes, devices, versions, server, left, done }: StagingState): string {
  return [
    nodes.map(nodeKey).sort().join('/'),
    devices.map(deviceKey).join('/'),
    versions.map(({ pin, secret, told }) => `${pin}${secret}${told ? '' : '!'}`).join(),
    `${server.pinState[0]}${server.key ?? ''},${server.prepared ?? ''}`,
    `${left.changes}${left.entries}${left.records}${left.late}`,
    done === null ? '' : `${done.pin}${Number(done.everyNode)}`,
  ].join('|');
}

function nodeKey({ dead, committed, staged, rights, tasks, seen, marks, late }: NodeState): string {
  const asked = tasks.map((task) => task[0]).join('');
  const told = `${seen.map(seenKey)};${marks.map((mark) => markKeys[mark])}`;
  const waiting = late.map(
    ({ kind, device, version, vouched, handover, replaces }) =>
      `${kind[0]}${device}${version}${vouched ? 'v' : ''}${handover ?? ''}${seenKey(replaces)}`,
  );
  return `${dead ? 'x' : ''}${committed ?? '-'}${staged ?? '-'}${rights}${asked}${told}${waiting.sort()}`;
}

function seenKey(seen: Seen): string {
  if (seen === null) return '';
  if (seen === 'has-staged') return 's';
  return `${seen.committed ?? '-'}${seen.staged ?? '-'}`;
}

const markKeys: Readonly<Record<Mark, string>> = { none: '', told: 't', own: 'o', outdated: 'x' };

function deviceKey(device: DeviceState): string {
  if (device.phase === 'idle') return '';
  const { phase, round, job, typed, version, proven, contested, vouched, undisturbed, overtaken } = device;
  const flags = [contested, vouched, undisturbed, overtaken].map(Number).join('');
  return `${phase}${round}${job[0]}${typed}${version ?? '-'}${proven ?? '-'}${flags}`;
}
