import { NodeRefusal } from '../refusal.ts';
import type { Requester } from '../requester/requester.ts';

/** @throws {NodeRefusal} 401 for requests that only a signing device may make */
export function requireDevice(requester: Requester): void {
  if (requester.kind !== 'device') throw new NodeRefusal(401, 'a device proof is needed');
}
