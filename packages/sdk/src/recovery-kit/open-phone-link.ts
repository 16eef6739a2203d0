import { routes } from '@hexkey/contract';
import { type Secret, toBase64url } from '@hexkey/protocol';
import { answerCaptcha } from '../account/answer-captcha.ts';
import type { Client } from '../account/client.ts';
import { callerOf, currentAccount } from '../account/current-account.ts';
import { entropyWithPin, sealEntropy } from '../account/kept-entropy.ts';
import { openPinFlow } from '../account/open-pin-flow.ts';
import { refreshSession } from '../account/refresh-session.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { PhoneLink } from './recovery-kit.ts';

/**
 * Links a phone number. A words account sends its entropy along, sealed under S_pin, so that from then on a login by phone reaches the
 * same account shard (docs/protocol/account-api.md section 10).
 * @throws {DomainError} what `provePin` throws
 */
export async function openPhoneLink(
  client: Client,
  kept: KeptAccount,
  pin: Secret<string>,
): Promise<PhoneLink> {
  const flow = await openPinFlow(client, kept, { pin, operation: routes.linkPhone.name });
  const { accountId } = flow.account;
  return {
    close: flow.close,
    requestCode(phone, locale) {
      flow.secret();
      const caller = callerOf(client, flow.account);
      if (phone === null)
        return client.api.call(routes.requestPhoneLinkCode, { caller, body: { phone, locale } });
      return answerCaptcha(client, phone.reveal(), (captcha) =>
        client.api.call(routes.requestPhoneLinkCode, {
          caller,
          body: { phone: phone.reveal(), locale, ...captcha },
        }),
      );
    },
    async confirm(verificationId, code, locale) {
      // An earlier try of this flow, or another device, may have stored the seal meanwhile.
      const account = await refreshSession(client, await currentAccount(client));
      const sealed = account.session.hasSealedEntropy
        ? null
        : sealEntropy(client, accountId, flow.secret(), await entropyWithPin(client, account, flow.secret()));
      const { result, phoneMasked } = await flow.call(routes.linkPhone, {
        body: {
          verificationId,
          code: code.reveal(),
          locale,
          sealedEntropy: sealed === null ? null : toBase64url(sealed),
        },
      });
      await refreshSession(client, account);
      return { result, phoneMasked };
    },
  };
}
