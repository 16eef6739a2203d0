export { systemTimer, type Timer } from './slots/slot-signal.ts';
export { type DevnetDeps, type DevnetSettings, type RunningDevnet, startDevnet } from './start-devnet.ts';
