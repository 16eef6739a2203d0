import type { Random } from '@hexkey/protocol';
import { type CiphersuiteImpl, getCiphersuiteFromName, getCiphersuiteImpl } from 'ts-mls';
import { openEd25519 } from './ed25519.ts';
import { hkdfSha256 } from './kdf.ts';
import { cipherSuiteName } from './suite-name.ts';

/** The suite with injected randomness. HPKE's ephemeral keys are the engine's own. */
export async function openCipherSuite(random: Random): Promise<CiphersuiteImpl> {
  const suite = await getCiphersuiteImpl(getCiphersuiteFromName(cipherSuiteName));
  return {
    ...suite,
    kdf: hkdfSha256,
    rng: { randomBytes: random },
    signature: await openEd25519(random, globalThis.crypto.subtle),
  };
}
