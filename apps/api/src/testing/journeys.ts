import type { RouteName, SessionView } from '@hexkey/contract';
import {
  attachStatement,
  captchaSubject,
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
  replaces?: string,
): Promise<{ readonly verificationId: string; readonly code: string; readonly answer: Answer }> {
  const answer = await device.call('requestPhoneCode', {
    body: { phone, purpose, locale: 'en', ...(replaces === undefined ? {} : { replaces }) },
    headers,
  });
  const code = api.sent.at(-1)?.text.reveal().slice(0, 4) ?? '';
  return { verificationId: (answer.body as { verificationId: string }).verificationId, code, answer };
}

/** A captcha for a number, solved. */
export async function solveCaptcha(
  device: TestDevice,
  phone: string,
): Promise<{ readonly captchaId: string; readonly proofOfWork: string }> {
  const asked = (await device.call('createCaptcha')).body as {
    captchaId: string;
    challenge: string;
    proofOfWorkBits: number;
  };
  const challenge = fromBase64url(asked.challenge);
  const puzzle = { challenge, loginKey: captchaSubject(phone), bits: asked.proofOfWorkBits };
  const counter = searchPuzzle(puzzle, 2 ** 30).next().value as Uint8Array;
  return { captchaId: asked.captchaId, proofOfWork: toBase64url(counter) };
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

/** Somebody whose session is full, with the pair that proves the PIN. */
export interface PersonWithPin extends Person {
  readonly pin: KeyPair;
}

/** Somebody with a name and a PIN on a full session. @param phone registers with it instead of words */
export async function personWithPin(api: TestApi, name: string, phone?: string): Promise<PersonWithPin> {
  const person = await (phone === undefined ? registerByWords(api) : registerByPhone(api, phone));
  const pin = await setPin(api, person);
  const as = { sessionId: person.session.sessionId };
  await person.device.call('updateProfile', { as, body: { name } });
  return { ...person, pin };
}

/** Calls a route that wants the PIN for this very body. */
export async function callWithPin(
  { device, session, pin }: PersonWithPin,
  name: RouteName,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const claim = { body: body === undefined ? '' : JSON.stringify(body) };
  const pinAuth = await device.provePin(name, session, pin, claim);
  return device.call(name, { as: { sessionId: session.sessionId }, body, pinAuth, headers });
}

/** Another device of the same person, past its PIN. */
export async function secondDevice(api: TestApi, person: PersonWithPin): Promise<PersonWithPin> {
  const second = { ...(await loginByWords(api, person.login)), pin: person.pin };
  await callWithPin(second, 'unlockSession');
  return second;
}

/** Each adds the other. */
export async function befriend(api: TestApi, left: Person, right: Person): Promise<void> {
  await addContact(api, left, right);
  await addContact(api, right, left);
}

export async function addContact(api: TestApi, by: Person, whom: Person): Promise<void> {
  const body = { hexkeyId: await api.hexkeyIdOf(whom.session.accountId) };
  await by.device.call('addContact', { as: { sessionId: by.session.sessionId }, body });
}
