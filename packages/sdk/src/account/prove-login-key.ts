import { type BodyOf, routes } from '@hexkey/contract';
import {
  type Entropy,
  fromBase64url,
  loginKeyPair,
  loginStatement,
  signEd25519,
  toBase64url,
} from '@hexkey/protocol';
import type { Client } from './client.ts';
import { solvePuzzle } from './solve-puzzle.ts';

/**
 * Answers a fresh challenge with the login key of the words, and with a proof of work when one is demanded.
 * @returns the body of `registerWithWords`, of which `loginWithWords` takes all but the proof of work
 */
export async function proveLoginKey(
  { api, deps }: Client,
  purpose: 'register' | 'login',
  entropy: Entropy,
  deviceKey: Uint8Array,
): Promise<BodyOf<typeof routes.registerWithWords>> {
  const pair = loginKeyPair(entropy);
  const loginKey = toBase64url(pair.publicKey);
  const asked = await api.call(routes.createLoginChallenge, { body: { loginKey, purpose } });
  const challenge = fromBase64url(asked.challenge);
  const statement = loginStatement({ purpose, challenge, loginKey: pair.publicKey, deviceKey });
  const puzzle = { challenge, loginKey: pair.publicKey, bits: asked.proofOfWorkBits };
  return {
    challengeId: asked.challengeId,
    loginKey,
    deviceKey: toBase64url(deviceKey),
    signature: toBase64url(signEd25519(pair, statement)),
    device: deps.device,
    proofOfWork: toBase64url(await solvePuzzle(puzzle, deps.yieldToOthers)),
  };
}
