import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { approveDeviceLink } from './approve-device-link.ts';
import { collectDeviceLink } from './collect-device-link.ts';
import { createDeviceLink } from './create-device-link.ts';
import { openDeviceLink } from './open-device-link.ts';

type Names = 'createDeviceLink' | 'openDeviceLink' | 'approveDeviceLink' | 'collectDeviceLink';

export function deviceLinkHandlers(deps: Deps): Pick<Handlers, Names> {
  return {
    createDeviceLink: ({ body, address }) => createDeviceLink(deps, body, address),
    openDeviceLink: ({ caller, body }) => openDeviceLink(deps, caller, body),
    approveDeviceLink: ({ caller, body, address }) => approveDeviceLink(deps, caller, body, address),
    collectDeviceLink: ({ body, address }) => collectDeviceLink(deps, body, address),
  };
}
