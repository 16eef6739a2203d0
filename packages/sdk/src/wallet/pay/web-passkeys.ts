import { DomainError } from '@hexkey/contract';
import { type Random, Secret, utf8 } from '@hexkey/protocol';
import type { Passkeys } from './passkeys.ts';

/** Algorithms an authenticator may sign with (COSE): the signature is not used, so any will do. */
const algorithms = [-8, -7, -257];

interface PrfResults {
  readonly prf?: { readonly enabled?: boolean; readonly results?: { readonly first?: ArrayBuffer } };
}

/** Passkeys of a browser: WebAuthn level 3, extension `prf`. The person is verified each time. */
export function webPasskeys(random: Random): Passkeys {
  const evaluate: Passkeys['evaluate'] = async (credentialId, salt) => {
    const credential = await orRefused(() =>
      navigator.credentials.get({
        publicKey: {
          challenge: Uint8Array.from(random(32)),
          allowCredentials: [{ type: 'public-key', id: Uint8Array.from(credentialId) }],
          userVerification: 'required',
          extensions: evaluating(salt),
        },
      }),
    );
    return outputOf(credential);
  };
  return {
    async availability() {
      if (!('PublicKeyCredential' in globalThis)) return 'no-webauthn';
      const { getClientCapabilities } = PublicKeyCredential as {
        getClientCapabilities?: () => Promise<Readonly<Record<string, boolean>>>;
      };
      const capabilities = await getClientCapabilities?.call(PublicKeyCredential);
      return capabilities?.['extension:prf'] === false ? 'no-prf' : 'yes';
    },
    async create({ accountId, name }, salt) {
      const credential = await orRefused(() =>
        navigator.credentials.create({
          publicKey: {
            challenge: Uint8Array.from(random(32)),
            rp: { name: 'Hexkey' },
            user: { id: utf8(accountId), name, displayName: name },
            pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
            authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
            extensions: evaluating(salt),
          },
        }),
      );
      const { rawId } = credential;
      if ((credential.getClientExtensionResults() as PrfResults).prf?.enabled !== true)
        throw new DomainError('PasskeyRefused', {});
      const credentialId = new Uint8Array(rawId);
      // Many authenticators compute at a second touch only.
      const output = resultOf(credential) ?? (await evaluate(credentialId, salt));
      return { credentialId, output };
    },
    evaluate,
  };
}

const evaluating = (salt: Uint8Array) =>
  ({ prf: { eval: { first: Uint8Array.from(salt) } } }) as AuthenticationExtensionsClientInputs;

function resultOf(credential: PublicKeyCredential): Secret<Uint8Array<ArrayBuffer>> | null {
  const first = (credential.getClientExtensionResults() as PrfResults).prf?.results?.first;
  return first === undefined || first.byteLength !== 32 ? null : new Secret(new Uint8Array(first));
}

function outputOf(credential: PublicKeyCredential): Secret<Uint8Array<ArrayBuffer>> {
  const output = resultOf(credential);
  if (output === null) throw new DomainError('PasskeyRefused', {});
  return output;
}

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
