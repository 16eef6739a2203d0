import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { createCaptcha } from './create-captcha.ts';

export function captchaHandlers(deps: Deps): Pick<Handlers, 'createCaptcha'> {
  return { createCaptcha: ({ address }) => createCaptcha(deps, address) };
}
