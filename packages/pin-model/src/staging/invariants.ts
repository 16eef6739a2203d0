import type { Guards } from '../guards.ts';
import { candidates, firstStand } from './decisions.ts';
import { holds, type StagingState, strangersPin } from './state.ts';

/** What must hold in every state, and what must hold when nothing is under way. */
export function brokenRule(state: StagingState, threshold: number, guards: Guards): string | null {
  const alive = state.nodes.map((node) => (node.dead ? null : node));
  return (
    untoldCommit(state) ??
    (state.server.pinState === 'set'
      ? lostPin(state, alive, threshold)
      : lostSet(state, alive, threshold, guards)) ??
    (isQuiet(state) && state.done !== null ? notOnePin(state, threshold) : null)
  );
}

function untoldCommit({ nodes, versions }: StagingState): string | null {
  const untold = nodes.some(({ committed }) => committed !== null && versions[committed]?.told === false);
  return untold ? 'the server knows of a record before any node commits it' : null;
}

type Alive = readonly (StagingState['nodes'][number] | null)[];

/** If every device stopped now: some PIN of the owner opens a secret whose key the server takes. */
function lostPin({ versions, server }: StagingState, alive: Alive, threshold: number): string | null {
  const found = candidates(alive, threshold);
  if (found === null) return 'some PIN can always be proven';
  const provable = found.versions.map((id) => versions[id]);
  if (provable.some((version) => version?.pin === strangersPin))
    return "nobody's record but the owner's is served";
  const accepted = [server.key, server.prepared];
  return provable.some((version) => version !== undefined && accepted.includes(version.secret))
    ? null
    : 'the secret that a PIN opens is the one the server knows';
}

/** Before the first PIN counts: it can be finished, or nothing stands in the way of beginning again. */
function lostSet(
  { server, nodes }: StagingState,
  alive: Alive,
  threshold: number,
  guards: Guards,
): string | null {
  const stand = server.pinState === 'prepared' ? firstStand(alive, threshold) : 'not-begun';
  if (stand === 'wait') return nodes.some(({ dead }) => dead) ? null : 'a first set can be finished';
  if (stand !== 'not-begun') return null;
  const isOpen = ({ committed, staged }: StagingState['nodes'][number]) =>
    committed === null && (guards.firstRecordIsReplaceable || staged === null);
  const open = alive.filter((node) => node !== null && isOpen(node)).length;
  return open < threshold ? 'a first set that counts nowhere can begin again' : null;
}

function isQuiet({ devices, nodes }: StagingState): boolean {
  return devices.every(({ phase }) => phase === 'idle') && nodes.every(({ late }) => late.length === 0);
}

/** After an operation was said to be done: its PIN works, no other does, and the secret is the server's. */
function notOnePin({ nodes, versions, server, done }: StagingState, threshold: number): string | null {
  const provable = versions.filter(
    (_, id) =>
      nodes.filter((node) => holds(node, id)).length >= threshold &&
      nodes.some(({ committed }) => committed !== null),
  );
  if (provable.some(({ pin }) => pin !== done?.pin)) return 'exactly one PIN works when an operation is done';
  if (provable.length === 0) return 'the PIN of an operation that is done works';
  if (provable.some(({ secret }) => secret !== server.key)) return 'the secret changes only with the server';
  const alive = nodes.filter(({ dead }) => !dead);
  const records = new Set(alive.map(({ committed }) => committed));
  if (done?.everyNode === true && records.size > 1)
    return 'an undisturbed entry heals every node that missed a change';
  return null;
}
