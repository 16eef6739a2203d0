export { type CrashTrace, crashTraces } from './crash-traces.ts';
