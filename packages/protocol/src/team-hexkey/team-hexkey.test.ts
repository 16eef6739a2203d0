import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyPairOfSeed } from '../account/ed25519.ts';
import { Secret } from '../encoding/secret.ts';
import { signTeamText, verifyTeamText } from './team-envelope.ts';

const teamKey = keyPairOfSeed(new Secret(new Uint8Array(32).fill(4)));
const to = {
  accountId: '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
  sessionId: '1b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
  envelopeId: '2b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
};

test('what Team Hexkey signs is read back by its addressee', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(verifyTeamText(teamKey.publicKey, to, signTeamText(teamKey, to, text))).toBe(text);
    }),
    { numRuns: 20 },
  );
});

test('another key, device, account or envelope, and any flipped bit, is not Team Hexkey', () => {
  const signed = signTeamText(teamKey, to, 'a code');
  const stranger = keyPairOfSeed(new Secret(new Uint8Array(32).fill(5))).publicKey;
  expect(verifyTeamText(stranger, to, signed)).toBeNull();
  for (const member of ['accountId', 'sessionId', 'envelopeId'] as const)
    expect(
      verifyTeamText(teamKey.publicKey, { ...to, [member]: to[member].replace('7a54', '7a55') }, signed),
    ).toBeNull();
  fc.assert(
    fc.property(fc.nat(signed.length * 8 - 1), (bit) => {
      const flipped = Uint8Array.from(signed);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(verifyTeamText(teamKey.publicKey, to, flipped)).toBeNull();
    }),
    { numRuns: 40 },
  );
  expect(verifyTeamText(teamKey.publicKey, to, new Uint8Array(10))).toBeNull();
});
