import { expect, test } from 'vitest';
import { keyPairOfSeed, verifyEd25519 } from '../account/ed25519.ts';
import { textOf, utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { MalformedError } from './malformed.ts';
import { deviceKeyThumbprint, mintNodeToken, nodeTokenApplies, openNodeToken } from './node-token.ts';

const tenantKeys = keyPairOfSeed(new Secret(new Uint8Array(32).fill(3)));
const realmId = '0'.repeat(32);
const nowMs = 1_900_000_000_000;
const deviceKey = fromBase64url('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
const mint = (changes: Partial<Parameters<typeof mintNodeToken>[1]> = {}) =>
  mintNodeToken(tenantKeys.seed, {
    tenant: 'hexkey',
    version: 1,
    userId: '9a3f2c1e-0000-4000-8000-000000000001',
    realmId,
    nowMs,
    lifetimeMs: 600_000,
    binding: { deviceKey },
    ...changes,
  });
const open = (token: string, publicKey = tenantKeys.publicKey) =>
  openNodeToken(
    token,
    (tenant, version) => (tenant === 'hexkey' && version === 1 ? publicKey : null),
    verifyEd25519,
  );

test('the thumbprint is the one of RFC 8037 appendix A.3', () => {
  expect(deviceKeyThumbprint(deviceKey)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

test('a token opens to its claims', () => {
  expect(open(mint())).toEqual({
    tenant: 'hexkey',
    userId: '9a3f2c1e-0000-4000-8000-000000000001',
    audience: realmId,
    notBefore: nowMs / 1000,
    expires: nowMs / 1000 + 600,
    deviceThumbprint: deviceKeyThumbprint(deviceKey),
    sessionId: null,
  });
  expect(open(mint({ binding: { sessionId: 's-1' } }))).toMatchObject({
    deviceThumbprint: null,
    sessionId: 's-1',
  });
});

test('a token fits the 1000 characters a Juicebox client allows', () => {
  expect(mint().length).toBeLessThan(1000);
});

test('a token of another key, another version or another tenant does not open', () => {
  expect(open(mint(), keyPairOfSeed(new Secret(new Uint8Array(32).fill(4))).publicKey)).toBeNull();
  expect(open(mint({ version: 2 }))).toBeNull();
  expect(open(mint({ tenant: 'other' }))).toBeNull();
});

test('changed claims break the signature; an algorithm of the caller’s choice is malformed', () => {
  const [header, claims, signature] = mint().split('.') as [string, string, string];
  const changed = toBase64url(utf8(textOf(fromBase64url(claims)).replace(realmId, '1'.repeat(32))));
  expect(open(`${header}.${changed}.${signature}`)).toBeNull();
  const none = toBase64url(utf8(textOf(fromBase64url(header)).replace('EdDSA', 'none')));
  expect(() => open(`${none}.${claims}.${signature}`)).toThrow(MalformedError);
  for (const token of ['', 'a.b', 'a.b.c', `${header}.${claims}.${signature}.x`, 'x'.repeat(1001)])
    expect(() => open(token)).toThrow(MalformedError);
});

test('a token serves at its node, from five seconds before its time until five after', () => {
  const claims = open(mint());
  if (claims === null) throw new Error('the token did not open');
  const applies = (offsetMs: number, realm = realmId) => nodeTokenApplies(claims, realm, nowMs + offsetMs);
  expect([applies(-5001), applies(-5000), applies(0), applies(604_999), applies(605_000)]).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(applies(0, '1'.repeat(32))).toBe(false);
  expect(nodeTokenApplies({ ...claims, expires: nowMs / 1000 + 3600 }, realmId, nowMs)).toBe(false);
});

test('no token is minted for longer than ten minutes', () => {
  for (const lifetimeMs of [600_001, 0, Number.NaN]) expect(() => mint({ lifetimeMs })).toThrow(RangeError);
});
