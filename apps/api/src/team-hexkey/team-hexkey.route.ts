import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { publishDeviceKey } from './publish-device-key.ts';

export function teamHexkeyHandlers(deps: Deps): Pick<Handlers, 'publishDeviceKey'> {
  return { publishDeviceKey: ({ caller, body }) => publishDeviceKey(deps, caller, body) };
}
