import { candidates } from '../staging/decisions.ts';
import { firstRecord, holdsNew, isOpen, type MovingState } from './state.ts';

/** What must hold wherever a move stops, and when nothing is under way. */
export function brokenMoveRule(state: MovingState, threshold: number): string | null {
  const { old, next, devices, done, arrivals } = state;
  const serving = next.filter(({ serves }) => serves !== null && serves !== firstRecord);
  if (serving.length > 0 && old.filter(isOpen).length >= threshold)
    return 'a PIN is never tried at two node sets';
  if (serving.some(({ serves }) => arrivals[serves as number]?.byStranger === true))
    return "nobody's record but the owner's is served";
  const pins = pinsThatWork(state, threshold);
  if (pins.size === 0) return 'some PIN can always be proven';
  const isQuiet =
    devices.every(({ phase }) => phase === 'idle') &&
    [...old, ...next].every(({ late }) => late.length === 0);
  if (isQuiet && done !== null && [...pins].some((pin) => pin !== done))
    return 'exactly one PIN works when an operation is done';
  return null;
}

/** If every device stopped now: the PINs that open the account at the old nodes, or at the new ones once the move is finished without any PIN. */
export function pinsThatWork(state: MovingState, threshold: number): ReadonlySet<number> {
  const { old, versions } = state;
  const answers = old.map((node) => (node.dead ? null : node));
  const here = candidates(answers, threshold)?.versions ?? [];
  const pins = new Set(here.map((version) => versions[version]?.pin as number));
  for (const [arrival, { left, byStranger }] of state.arrivals.entries())
    if (!byStranger && isFinishable(state, arrival, left, threshold)) pins.add(versions[left]?.pin as number);
  return pins;
}

function isFinishable({ old, next }: MovingState, arrival: number, left: number, threshold: number): boolean {
  const reachable = next.filter((node) => !node.dead && (node.serves ?? arrival) === arrival);
  if (reachable.filter((node) => node.serves === arrival).length >= threshold) return true;
  const holding = reachable.filter((node) => holdsNew(node, arrival));
  const closed = old.filter(
    (node) => !node.dead && (node.left === left || (isOpen(node) && node.committed === left)),
  );
  const isBegun = old.some((node) => node.left === left);
  return isBegun && holding.length >= threshold && closed.length >= threshold;
}
