import { routes } from '@hexkey/contract';
import type { Phrase } from '@hexkey/protocol';
import { makeDeviceKey } from '../storage/device-key.ts';
import { openDeviceSeal, sealForDevice } from '../storage/device-seal.ts';
import type { KeptAccount, KeptRegistration } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { entropyOfWords } from './entropy-of-words.ts';
import { keepLogin } from './keep-login.ts';
import { proveLoginKey } from './prove-login-key.ts';

/**
 * A new account for new words. They are kept before the first request: an answer that never arrives loses nothing, and
 * `finishRegistration` asks again.
 */
export async function registerWithWords(client: Client, words: Phrase): Promise<KeptAccount> {
  const { engine, random, vault } = client.deps;
  const entropy = await sealForDevice(engine, random, entropyOfWords(words));
  const registration = { entropy, deviceKey: await makeDeviceKey(engine, random) };
  await vault.keepRegistration(registration);
  return finishRegistration(client, registration);
}

/** Registers what is kept, for the first time or again: the server logs a known login key in. */
export async function finishRegistration(
  client: Client,
  { entropy, deviceKey }: KeptRegistration,
): Promise<KeptAccount> {
  const { engine, vault } = client.deps;
  const opened = await openDeviceSeal(engine, entropy);
  const body = await proveLoginKey(client, 'register', opened, deviceKey.publicKey);
  const session = await client.api.call(routes.registerWithWords, { body });
  const account = await keepLogin(client, session, deviceKey, {
    entropy: { under: 'device', seal: entropy },
    // A PIN that is already set was set on another device, whose owner had the words.
    madeHere: session.pinState !== 'set',
  });
  await vault.dropRegistration();
  return account;
}
