import { DomainError, routes } from '@hexkey/contract';
import { type PinSecret, phraseOf, type Secret, toBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import { entropyOfWords } from '../account/entropy-of-words.ts';
import { entropyAtServer, entropyWithPin } from '../account/kept-entropy.ts';
import { openPinFlow } from '../account/open-pin-flow.ts';
import { phoneCodeRequests } from '../account/request-phone-code.ts';
import type { Words } from '../account/words.ts';
import { deviceSigner, makeDeviceKey } from '../storage/device-key.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { checkSameWords } from './check-same-words.ts';
import { logInForDrill } from './log-in-for-drill.ts';
import type { RecoveryDrill, RecoveryMethod } from './recovery-kit.ts';

/**
 * Announces a rehearsal with the PIN, which this device shows as ever. The key of the login lives in memory, and the PIN nodes never hear
 * of it: no device is enrolled, none pushed out, no guess made with it.
 * @throws {DomainError} what `provePin` and `startDrill` throw
 */
export async function openDrill(
  client: Client,
  kept: KeptAccount,
  method: RecoveryMethod,
  pin: Secret<string>,
): Promise<RecoveryDrill> {
  const { api, deps } = client;
  const flow = await openPinFlow(client, kept, { pin, operation: routes.startDrill.name });
  const own = callerOf(client, flow.account);
  const deviceKey = await makeDeviceKey(deps.engine, deps.random);
  try {
    await flow.call(routes.startDrill, { body: { method, deviceKey: toBase64url(deviceKey.publicKey) } });
  } catch (error) {
    flow.close();
    throw error;
  }
  const askForCode = phoneCodeRequests(client);
  let contactLoginId: string | null = null;
  let isOver = false;

  const end = async (worked: boolean) => {
    await api.call(routes.endDrill, { caller: own, body: { worked, contactLoginId } });
    isOver = true;
    flow.close();
  };

  /** Best effort: what is left ends at the server with the quarter of an hour. */
  const abandon = async () => {
    try {
      await end(false);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  };

  return {
    close() {
      flow.close();
      if (!isOver) client.background(abandon());
    },
    async requestPhoneCode(phone, locale) {
      flow.secret();
      await requireOwnNumber(client, flow.account, phone);
      return askForCode(phone, 'login', locale);
    },
    async offerContact(verificationId) {
      flow.secret();
      contactLoginId = (await api.call(routes.offerContactLogin, { body: { verificationId } }))
        .contactLoginId;
      return contactLoginId;
    },
    requestContactCode: (id, hexkeyId, locale) =>
      api.call(routes.requestContactLoginCode, { body: { contactLoginId: id, hexkeyId, locale } }),
    async finish(login, onStep) {
      const pinSecret = flow.secret();
      if ('words' in login) await requireOwnWords(client, flow.account, pinSecret, login.words);
      onStep('entering');
      const session = await logInForDrill(client, deviceKey.publicKey, login);
      onStep('checking');
      const { sessionId, accountId } = session;
      const caller = { sessionId, accountId, device: deviceSigner(deps.engine, deviceKey) };
      if (accountId !== flow.account.accountId) {
        // A login like any other, into an account that this is not: it is not kept.
        await api.call(routes.switchAccount, { caller });
        throw new DomainError('DrillElsewhere', {});
      }
      await api.call(routes.getSession, { caller });
      if (!('words' in login)) await requireShard(client, flow.account, pinSecret);
      onStep('leaving');
      await end(true);
    },
  };
}

/** Said before anything is sent, and with the word that is wrong. */
async function requireOwnWords(
  client: Client,
  account: KeptAccount,
  pinSecret: PinSecret,
  typed: Words,
): Promise<void> {
  const written = phraseOf(entropyOfWords(typed));
  checkSameWords(phraseOf(await entropyWithPin(client, account, pinSecret)), written);
}

/** A rehearsal sends nobody else a code. The server shows the last digits of the number only. */
async function requireOwnNumber(client: Client, account: KeptAccount, phone: Secret<string>): Promise<void> {
  const kit = await client.api.call(routes.getRecoveryKit, { caller: callerOf(client, account) });
  const shown = kit.phone.phoneMasked?.replace(/\D/g, '') ?? '';
  if (shown === '' || !phone.reveal().endsWith(shown)) throw new DomainError('DrillElsewhere', {});
}

/** Number and contact lead to the sealed entropy at the server: it must be there, open with this PIN, and be this account's. */
async function requireShard(client: Client, account: KeptAccount, pinSecret: PinSecret): Promise<void> {
  const reached = await entropyAtServer(client, account, pinSecret);
  if (reached === null) throw new DomainError('DrillWithoutShard', {});
  const [there, here] = [phraseOf(reached), phraseOf(await entropyWithPin(client, account, pinSecret))];
  if (there.reveal().join(' ') !== here.reveal().join(' ')) throw new DomainError('DrillWithoutShard', {});
}
