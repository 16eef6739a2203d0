import { toHex } from '@hexkey/protocol';
import { encodeMlsMessage, generateKeyPackageWithKey, type KeyPackage, type PrivateKeyPackage } from 'ts-mls';
import { makeKeyPackageRef } from 'ts-mls/keyPackage.js';
import type { Deps } from '../deps.ts';
import { clockSkewSeconds, keyPackageLifetimeSeconds } from '../mls/limits.ts';
import { cipherSuiteName } from '../mls/suite-name.ts';
import { lastResortExtension } from './last-resort.ts';

export interface OwnKeyPackage {
  /** KeyPackageRef in hex, RFC 9420 section 5.2. */
  readonly reference: string;
  readonly publicPackage: KeyPackage;
  readonly privatePackage: PrivateKeyPackage;
  /** MLSMessage. */
  readonly bytes: Uint8Array;
}

/** A KeyPackage of this device. RFC 9420 section 10. @throws {GroupCryptoRefusal} `no-credential` */
export async function makeKeyPackage(
  { own, suite, clock }: Pick<Deps, 'own' | 'suite' | 'clock'>,
  isLastResort: boolean,
): Promise<OwnKeyPackage> {
  const nowSeconds = Math.floor(clock.now() / 1000);
  const { publicPackage, privatePackage } = await generateKeyPackageWithKey(
    { credentialType: 'basic', identity: await own.identity() },
    {
      versions: ['mls10'],
      ciphersuites: [cipherSuiteName],
      extensions: [lastResortExtension],
      proposals: [],
      credentials: ['basic'],
    },
    {
      notBefore: BigInt(nowSeconds - clockSkewSeconds),
      notAfter: BigInt(nowSeconds + keyPackageLifetimeSeconds),
    },
    isLastResort ? [{ extensionType: lastResortExtension, extensionData: new Uint8Array(0) }] : [],
    { publicKey: own.keyPair.publicKey, signKey: own.keyPair.seed.reveal() },
    suite,
  );
  return {
    reference: toHex(await makeKeyPackageRef(publicPackage, suite.hash)),
    publicPackage,
    privatePackage,
    bytes: encodeMlsMessage({ version: 'mls10', wireformat: 'mls_key_package', keyPackage: publicPackage }),
  };
}
