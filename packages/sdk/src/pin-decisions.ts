// What a client decides from the nodes' answers: pure, so that a model of the network runs the very same code.
export { type FirstSetStand, firstSetStand } from './pin/first-set-stand.ts';
export { type Provable, provableVersions } from './pin/provable-versions.ts';
export type { Survey, VersionPlaces } from './pin/survey-nodes.ts';
