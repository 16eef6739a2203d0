import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { loginWithLegacyPin } from './login-with-legacy-pin.ts';

export function legacyAccountHandlers(deps: Deps): Pick<Handlers, 'loginWithLegacyPin'> {
  return { loginWithLegacyPin: ({ body, address }) => loginWithLegacyPin(deps, body, address) };
}
