import type { Deps } from '../deps.ts';
import { deliverOrders, type NodePorts } from './deliver-orders.ts';
import { executeDeletions } from './execute-deletions.ts';

/** What is due by now, in every instance as often as it likes: at its start, and with each sweep. */
export async function deletionJob(
  deps: Pick<Deps, 'clock' | 'random' | 'teamKey' | 'transact' | 'stores' | 'nodeSets'>,
  nodes: NodePorts,
): Promise<void> {
  await executeDeletions(deps);
  await deliverOrders({ ...deps, nodes });
}
