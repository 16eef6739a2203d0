export { LockHeldError, takeProcessLock } from './process-lock.ts';
