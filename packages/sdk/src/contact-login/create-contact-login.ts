import { routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { deviceKeysOfCodes } from '../account/enter-with-phone.ts';
import { keepLogin } from '../account/keep-login.ts';
import type { Place } from '../place.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { ContactLogin } from './contact-login.ts';

/** @param enter what every login ends with: the place it leads to */
export function createContactLogin(
  client: Client,
  enter: (login: () => Promise<KeptAccount>) => Promise<Place>,
): ContactLogin {
  const { api, deps } = client;
  const deviceKeyOf = deviceKeysOfCodes(deps);
  return {
    async offer(verificationId) {
      return (await api.call(routes.offerContactLogin, { body: { verificationId } })).contactLoginId;
    },
    requestCode: (contactLoginId, hexkeyId, locale) =>
      api.call(routes.requestContactLoginCode, { body: { contactLoginId, hexkeyId, locale } }),
    enter: (contactLoginId, code) =>
      enter(async () => {
        const deviceKey = await deviceKeyOf(contactLoginId);
        const body = {
          contactLoginId,
          code: code.reveal(),
          deviceKey: toBase64url(deviceKey.publicKey),
          device: deps.device,
        };
        const session = await api.call(routes.loginWithContact, { body });
        return keepLogin(client, session, deviceKey, null);
      }),
  };
}
