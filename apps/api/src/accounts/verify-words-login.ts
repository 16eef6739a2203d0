import { DomainError } from '@hexkey/contract';
import { equalBytes, loginStatement, solvesPuzzle, verifyEd25519 } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { readDeviceKey } from '../sessions/device-key.ts';

export interface WordsLogin {
  readonly challengeId: string;
  readonly loginKey: string;
  readonly deviceKey: string;
  readonly signature: string;
  /** Registration only. */
  readonly proofOfWork?: string;
}

/**
 * Spends the challenge and checks that the holder of the login key answers it for this device.
 * @throws {DomainError} `NotFound` (challenge), `InvalidField` (signature, proofOfWork, deviceKey)
 */
export async function verifyWordsLogin(
  { clock, stores }: Pick<Deps, 'clock' | 'stores'>,
  purpose: 'register' | 'login',
  login: WordsLogin,
): Promise<{ readonly loginKey: Uint8Array; readonly deviceKey: Uint8Array }> {
  const deviceKey = readDeviceKey(login.deviceKey);
  const loginKey = readBytes(login.loginKey, 'loginKey');
  const taken = await stores.loginChallenges.take(login.challengeId);
  if (
    taken === null ||
    taken.expires_at_ms <= clock.now() ||
    taken.purpose !== purpose ||
    !equalBytes(taken.login_key, loginKey)
  )
    throw new DomainError('NotFound', { what: 'challenge' });
  const { challenge, proof_of_work_bits: bits } = taken;
  // One hash before the signature check, which costs thousands of them.
  if (
    login.proofOfWork !== undefined &&
    !solvesPuzzle({ challenge, loginKey, bits }, readBytes(login.proofOfWork, 'proofOfWork'))
  )
    throw invalidField('proofOfWork', 'does not solve the puzzle');
  const statement = loginStatement({ purpose, challenge, loginKey, deviceKey });
  if (!verifyEd25519(loginKey, statement, readBytes(login.signature, 'signature')))
    throw invalidField('signature', 'does not verify');
  return { loginKey, deviceKey };
}
