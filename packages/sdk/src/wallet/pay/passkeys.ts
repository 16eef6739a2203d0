import type { DerivedKey } from '@hexkey/protocol';

/** An authenticator that computes a secret of 32 bytes for whoever shows a face or a finger: WebAuthn level 3, extension `prf`. */
export interface Passkeys {
  /** Whether this engine has it; `no-prf`: passkeys, but none that compute. */
  availability(): Promise<'yes' | 'no-webauthn' | 'no-prf'>;
  /**
   * Makes a passkey and has it compute once.
   * @param salt 32 bytes, the input
   * @throws {DomainError} `PasskeyRefused`
   */
  create(
    of: { readonly accountId: string; readonly name: string },
    salt: Uint8Array,
  ): Promise<{ readonly credentialId: Uint8Array; readonly output: DerivedKey }>;
  /** @throws {DomainError} `PasskeyRefused`: not shown, gone, or another one */
  evaluate(credentialId: Uint8Array, salt: Uint8Array): Promise<DerivedKey>;
}
