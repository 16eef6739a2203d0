import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { putDeviceList } from './put-device-list.ts';
import { readDeviceLists } from './read-device-lists.ts';

export function deviceListHandlers(deps: Deps): Pick<Handlers, 'putDeviceList' | 'getDeviceLists'> {
  return {
    putDeviceList: ({ caller, body }) => putDeviceList(deps, caller, body),
    getDeviceLists: ({ caller, body }) => readDeviceLists(deps, caller, body),
  };
}
