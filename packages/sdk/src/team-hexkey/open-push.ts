import { type Addressee, type TeamPush, teamSealContext, verifyTeamText } from '@hexkey/protocol';
import type { KeptHpkeKey } from './hpke-key.ts';
import { openHpke } from './hpke-suite.ts';

/**
 * Opens what was pushed and checks that Team Hexkey signed it for this device.
 * @param keys of this device, the newest first: a message may have been sealed before the key was renewed
 * @returns the signed text, or null for what no key opens or somebody else wrote
 */
export async function openPush(
  keys: readonly KeptHpkeKey[],
  teamKey: Uint8Array,
  device: Omit<Addressee, 'envelopeId'>,
  { envelopeId, encapsulatedKey, ciphertext }: TeamPush,
): Promise<string | null> {
  const to = { ...device, envelopeId };
  const context = teamSealContext(to);
  for (const { pair } of keys) {
    const opened = await openHpke(pair, context, { encapsulatedKey, ciphertext });
    if (opened !== null) return verifyTeamText(teamKey, to, opened);
  }
  return null;
}
