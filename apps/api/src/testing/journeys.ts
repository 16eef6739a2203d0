import type { SessionView } from '@hexkey/contract';
import {
  attachStatement,
  type Entropy,
  fromBase64url,
  type KeyPair,
  keyPairOfSeed,
  loginKeyPair,
  loginStatement,
  newEntropy,
  Secret,
  searchPuzzle,
  signEd25519,
  toBase64url,
  verifyNodeSet,
} from '@hexkey/protocol';
import type { TestApi } from './test-api.ts';
import { type Answer, type TestDevice, testDevice } from './test-device.ts';
import { testNodeSet } from './test-node-set.ts';

export const description = { name: 'Test browser', platform: 'web' } as const;
const { hash: nodeSetHash } = verifyNodeSet(testNodeSet.signedNodeSet, testNodeSet.operatorKey);

/** Somebody with a device, words and a session. */
export interface Person {
  readonly device: TestDevice;
  readonly login: KeyPair;
  readonly session: SessionView;
}

/** The body of a registration or login by words: challenge asked, puzzle solved, statement signed. */
export async function wordsLogin(
  device: TestDevice,
  login: KeyPair,
  purpose: 'register' | 'login',
): Promise<Record<string, unknown>> {
  const loginKey = toBase64url(login.publicKey);
  const asked = await device.call('createLoginChallenge', { body: { loginKey, purpose } });
  const {
    challengeId,
    challenge: text,
    proofOfWorkBits: bits,
  } = asked.body as {
    challengeId: string;
    challenge: string;
    proofOfWorkBits: number;
  };
  const challenge = fromBase64url(text);
  const search = searchPuzzle({ challenge, loginKey: login.publicKey, bits }, 2 ** 30);
  const statement = loginStatement({
    purpose,
    challenge,
    loginKey: login.publicKey,
    deviceKey: device.pair.publicKey,
  });
  return {
    challengeId,
    loginKey,
    deviceKey: device.publicKey,
    device: description,
    signature: toBase64url(signEd25519(login, statement)),
    ...(purpose === 'register' ? { proofOfWork: toBase64url(search.next().value as Uint8Array) } : {}),
  };
}

export async function registerByWords(
  api: TestApi,
  entropy: Entropy = newEntropy(api.random),
): Promise<Person> {
  const device = testDevice(api);
  const login = loginKeyPair(entropy);
  const answer = await device.call('registerWithWords', {
    body: await wordsLogin(device, login, 'register'),
  });
  return { device, login, session: answer.body };
}

export async function loginByWords(api: TestApi, login: KeyPair): Promise<Person> {
  const device = testDevice(api);
  const answer = await device.call('loginWithWords', { body: await wordsLogin(device, login, 'login') });
  return { device, login, session: answer.body };
}

/** Asks for a code and reads it from the SMS. */
export async function phoneCode(
  api: TestApi,
  device: TestDevice,
  phone: string,
  purpose: 'register' | 'login',
  headers: Record<string, string> = {},
): Promise<{ readonly verificationId: string; readonly code: string; readonly answer: Answer }> {
  const answer = await device.call('requestPhoneCode', {
    body: { phone, purpose, locale: 'en' },
    headers,
  });
  const code = api.sent.at(-1)?.text.reveal().slice(0, 4) ?? '';
  return { verificationId: (answer.body as { verificationId: string }).verificationId, code, answer };
}

export async function registerByPhone(api: TestApi, phone: string): Promise<Person> {
  const device = testDevice(api);
  const { verificationId, code } = await phoneCode(api, device, phone, 'register');
  const body = { verificationId, code, deviceKey: device.publicKey, device: description };
  const answer = await device.call('registerWithPhone', { body });
  return { device, login: keyPairOfSeed(new Secret(api.random(32))), session: answer.body };
}

/** The body of `preparePin` for a person. */
export function preparation(person: Person, pinAuth: KeyPair): Record<string, unknown> {
  const { device, login, session } = person;
  const statement = attachStatement({
    accountId: session.accountId,
    loginKey: login.publicKey,
    deviceKey: device.pair.publicKey,
  });
  return {
    pinAuthKey: toBase64url(pinAuth.publicKey),
    nodeSetHash: toBase64url(nodeSetHash),
    loginKey: toBase64url(login.publicKey),
    loginSignature: toBase64url(signEd25519(login, statement)),
    sealedEntropy: session.registeredWith === 'phone' ? toBase64url(new Uint8Array(56).fill(3)) : null,
  };
}

/** Sets the first PIN as the server sees it. @returns the pair that proves the PIN */
export async function setPin(api: TestApi, person: Person): Promise<KeyPair> {
  const { device, session } = person;
  const pinAuth = keyPairOfSeed(new Secret(api.random(32)));
  const as = { sessionId: session.sessionId };
  await device.call('preparePin', { as, body: preparation(person, pinAuth) });
  await device.call('activatePin', { as, pinAuth: await device.provePin('activatePin', session, pinAuth) });
  return pinAuth;
}
