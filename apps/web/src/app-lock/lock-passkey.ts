import { DomainError } from '@hexkey/contract';
import { fromBase64url, toBase64url } from '@hexkey/protocol';

/** A passkey that opens the app lock. It computes nothing and signs for nobody: the browser says that the person was verified. */
export interface LockPasskeys {
  readonly isAvailable: boolean;
  /** @returns base64url of its id @throws {DomainError} `PasskeyRefused` */
  create(name: string): Promise<string>;
  /** @throws {DomainError} `PasskeyRefused`: not shown, gone, another one, or nobody verified */
  show(passkeyId: string): Promise<void>;
}

/** Of this browser: WebAuthn level 3. Works without a network. */
export const browserPasskeys: LockPasskeys = {
  isAvailable: 'PublicKeyCredential' in globalThis,
  async create(name) {
    const credential = await orRefused(() =>
      navigator.credentials.create({
        publicKey: {
          challenge: newChallenge(),
          rp: { name: 'Hexkey' },
          user: { id: newChallenge(), name, displayName: name },
          pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
          authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
        },
      }),
    );
    return toBase64url(new Uint8Array(credential.rawId));
  },
  async show(passkeyId) {
    const challenge = newChallenge();
    const credential = await orRefused(() =>
      navigator.credentials.get({
        publicKey: {
          challenge,
          allowCredentials: [{ type: 'public-key', id: fromBase64url(passkeyId) }],
          userVerification: 'required',
        },
      }),
    );
    if (!answers(credential, passkeyId, challenge)) throw new DomainError('PasskeyRefused', {});
  },
};

/** This credential, for this challenge, and the person was verified: section 7.2, steps 11, 13 and 17. */
function answers(credential: PublicKeyCredential, passkeyId: string, challenge: Uint8Array): boolean {
  const { clientDataJSON, authenticatorData } = credential.response as AuthenticatorAssertionResponse;
  const said = JSON.parse(new TextDecoder().decode(clientDataJSON)) as { challenge?: unknown };
  const flags = new Uint8Array(authenticatorData)[32] ?? 0;
  return credential.id === passkeyId && said.challenge === toBase64url(challenge) && (flags & 0x04) !== 0;
}

const newChallenge = () => crypto.getRandomValues(new Uint8Array(32));

/** Whatever the person or the authenticator did, there is no passkey now; engines tell no more, on purpose. */
async function orRefused(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask();
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  throw new DomainError('PasskeyRefused', {});
}
