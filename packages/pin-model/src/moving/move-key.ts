import type { LateMove, MovingDevice, MovingState, NewNode, OldNode } from './state.ts';

/** Nodes of one set have no names: their states are sorted. */
export function moveKey({
  old,
  next,
  devices,
  versions,
  arrivals,
  left,
  ordered,
  done,
}: MovingState): string {
  return [
    old.map(oldKey).sort().join('/'),
    next.map(newKey).sort().join('/'),
    devices.map(deviceKey).join('/'),
    versions.map(({ pin }) => pin).join(''),
    arrivals.map(({ left: version, byStranger }) => `${version}${byStranger ? '!' : ''}`).join(),
    `${left.moves}${left.changes}${left.finishes}${left.repairs}${left.late}`,
    `${Number(ordered)}${done ?? ''}`,
  ].join('|');
}

function oldKey({ dead, committed, staged, rights, marks, left, tasks, late }: OldNode): string {
  const held = left === null ? `${committed ?? '-'}${staged ?? '-'}` : `left${left}`;
  return `${dead ? 'x' : ''}${held},${rights}${initials(marks)}${initials(tasks)}${late.map(lateKey).sort()}`;
}

function newKey({ dead, arrivals, serves, staged, tasks, late }: NewNode): string {
  return `${dead ? 'x' : ''}${serves ?? '-'}${staged?.[0] ?? ''},${arrivals.join('.')}${initials(tasks)}${late.map(lateKey).sort()}`;
}

function lateKey({ kind, device, version, arrival, mark }: LateMove): string {
  return `${kind.slice(0, 2)}${device}.${version}.${arrival}${mark[1]}`;
}

/** Marks: n-one, o-wn, o-utdated differ in their second letter, tasks in their first and second. */
const initials = (words: readonly string[]) => words.map((word) => word.slice(0, 2)).join('');

function deviceKey({ phase, job, typed, version, arrival, undisturbed }: MovingDevice): string {
  return phase === 'idle' ? '' : `${phase}${job[0]}${typed}.${version}.${arrival}${undisturbed ? '' : '!'}`;
}
