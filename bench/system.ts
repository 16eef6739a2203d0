import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import type { Clock, Random } from '@hexkey/protocol';

export const systemClock: Clock = { now: () => Date.now() };
export const systemMonotonic: Clock = { now: () => uptime() * 1000 };
export const systemRandom: Random = (lengthBytes) => new Uint8Array(randomBytes(lengthBytes));
