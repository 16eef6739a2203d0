import type { Clock } from '@hexkey/protocol';
import { type ClientConfig, defaultKeyPackageEqualityConfig, defaultPaddingConfig } from 'ts-mls';
import type { CredentialCheck } from '../identity/roster.ts';
import {
  clockSkewSeconds,
  keptPastEpochs,
  keptSkippedMessages,
  keyPackageLifetimeSeconds,
  maximumForwardRatchetSteps,
} from './limits.ts';

/** What ts-mls asks while it works for one call: whether a credential is valid, and what is kept. */
export function clientConfig(check: CredentialCheck, clock: Clock): ClientConfig {
  return {
    keyRetentionConfig: {
      retainKeysForGenerations: keptSkippedMessages,
      retainKeysForEpochs: keptPastEpochs,
      maximumForwardRatchetSteps,
    },
    lifetimeConfig: {
      maximumTotalLifetime: BigInt(keyPackageLifetimeSeconds + clockSkewSeconds),
      // Checked by who adds: a leaf stays in a group after the KeyPackage it came from has run out (RFC 9420 section 7.3).
      validateLifetimeOnReceive: false,
      nowMs: () => clock.now(),
    },
    keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
    // Messages up to 256 bytes look alike.
    paddingConfig: defaultPaddingConfig,
    authService: {
      async validateCredential(credential, signatureKey) {
        if (credential.credentialType !== 'basic') return false;
        return (await check.device(credential.identity, signatureKey)) !== null;
      },
    },
  };
}
