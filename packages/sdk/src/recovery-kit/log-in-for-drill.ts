import { type AnswerOf, routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { entropyOfWords } from '../account/entropy-of-words.ts';
import { proveLoginKey } from '../account/prove-login-key.ts';
import type { DrillLogin } from './recovery-kit.ts';

/** Logs in by the very routes of a login. Nothing of it is kept on this device. @param deviceKey 32 bytes */
export async function logInForDrill(
  client: Client,
  deviceKey: Uint8Array,
  login: DrillLogin,
): Promise<AnswerOf<typeof routes.loginWithWords>> {
  const { api, deps } = client;
  if ('words' in login) {
    const entropy = entropyOfWords(login.words);
    const { proofOfWork: _, ...body } = await proveLoginKey(client, 'login', entropy, deviceKey);
    return api.call(routes.loginWithWords, { body });
  }
  const { code, ...id } = login;
  const by = { code: code.reveal(), deviceKey: toBase64url(deviceKey), device: deps.device };
  return 'verificationId' in id
    ? api.call(routes.loginWithPhone, { body: { ...id, ...by } })
    : api.call(routes.loginWithContact, { body: { ...id, ...by } });
}
