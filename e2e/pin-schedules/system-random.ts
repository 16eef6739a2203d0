import { randomBytes } from 'node:crypto';
import type { Random } from '@hexkey/protocol';

export const systemRandom: Random = (lengthBytes) => new Uint8Array(randomBytes(lengthBytes));
