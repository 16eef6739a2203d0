import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { claimKeyPackages } from './claim-key-packages.ts';
import { publishKeyPackages } from './publish-key-packages.ts';

export function keyPackageHandlers(deps: Deps): Pick<Handlers, 'publishKeyPackages' | 'claimKeyPackages'> {
  return {
    publishKeyPackages: ({ caller, body }) => publishKeyPackages(deps, caller, body),
    claimKeyPackages: ({ caller, body, address }) => claimKeyPackages(deps, caller, body, address),
  };
}
