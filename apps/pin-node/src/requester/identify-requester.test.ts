import {
  formatNodeProof,
  formatNodeUser,
  keyPairOfSeed,
  mintNodeToken,
  nodeProofHeader,
  nodeProofStatement,
  nodeUserHeader,
  Secret,
  signEd25519,
  toHex,
} from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { type IdentifyDeps, identifyRequester } from './identify-requester.ts';
import { nativeVerifyEd25519 } from './native-ed25519.ts';
import { tokenReader } from './read-token.ts';
import { seenNonces } from './seen-nonces.ts';

const random = seededRandom('identify requester');
const realmId = random(16);
const tenantKeys = keyPairOfSeed(new Secret(random(32)));
const user = { tenant: 'hexkey', userId: 'alice' };
const nowMs = Date.parse('2030-01-01');
const body = new Uint8Array();

/** A request by a fresh key of anybody's making. */
function identify(deps: IdentifyDeps, by: 'token' | 'key alone') {
  const keys = keyPairOfSeed(new Secret(random(32)));
  const binding = { deviceKey: keys.publicKey };
  const grant = { ...user, version: 1, realmId: toHex(realmId), nowMs, lifetimeMs: 600_000, binding };
  const token = by === 'token' ? mintNodeToken(tenantKeys.seed, grant) : null;
  const proof = { deviceKey: keys.publicKey, timeMs: nowMs, nonce: random(16) };
  const signature = signEd25519(keys, nodeProofStatement({ realmId, token, user, body, ...proof }));
  const headers = {
    [nodeProofHeader]: formatNodeProof({ ...proof, signature }),
    ...(token === null ? { [nodeUserHeader]: formatNodeUser(user) } : { authorization: `Bearer ${token}` }),
  };
  return identifyRequester(deps, { headers, body, nowMs });
}

test('keys that nobody vouches for cannot use up the memory that devices with a token need', () => {
  const verify = nativeVerifyEd25519();
  const deps: IdentifyDeps = {
    realmId,
    verify,
    readToken: tokenReader([{ tenant: 'hexkey', version: 1, publicKey: tenantKeys.publicKey }], verify),
    nonces: seenNonces({ perDevice: 3, inAll: 3 }),
    tokenlessNonces: seenNonces({ perDevice: 3, inAll: 3 }),
  };
  for (let flood = 0; flood < 3; flood += 1) identify(deps, 'key alone');
  expect(() => identify(deps, 'key alone')).toThrow('the proof was used before');
  expect(identify(deps, 'token')).toMatchObject({ kind: 'device', hasToken: true });
});
