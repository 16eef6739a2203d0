import { routes } from '@hexkey/contract';
import type { Phrase } from '@hexkey/protocol';
import { makeDeviceKey } from '../storage/device-key.ts';
import { sealForDevice } from '../storage/device-seal.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { entropyOfWords } from './entropy-of-words.ts';
import { keepLogin } from './keep-login.ts';
import { proveLoginKey } from './prove-login-key.ts';

/** A new session for words the owner has. The entropy stays under the device until the PIN is proven. */
export async function loginWithWords(client: Client, words: Phrase): Promise<KeptAccount> {
  const { engine, random } = client.deps;
  const entropy = entropyOfWords(words);
  const deviceKey = await makeDeviceKey(engine, random);
  const { proofOfWork: _, ...body } = await proveLoginKey(client, 'login', entropy, deviceKey.publicKey);
  const session = await client.api.call(routes.loginWithWords, { body });
  const seal = await sealForDevice(engine, random, entropy);
  return keepLogin(client, session, deviceKey, { entropy: { under: 'device', seal }, madeHere: false });
}
