import type { NodeSets } from './load-node-sets.ts';
import type { NodeChannel } from './node-channel.ts';

/** The nodes of each of the installation's sets, in one operation. */
export interface Nodes extends NodeSets {
  /** @param place in `sets` */
  channelTo(place: number): NodeChannel;
}
