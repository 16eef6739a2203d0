import { webcrypto } from 'node:crypto';
import { DomainError, problemOf, routes } from '@hexkey/contract';
import {
  keyPairOfSeed,
  parsePinAuthHeader,
  parseSignatureHeaders,
  pinAuthStatement,
  requestSignatureBase,
  Secret,
  utf8,
  verifyEd25519,
} from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import type { Fetch } from '../deps.ts';
import { deviceSigner, makeDeviceKey } from '../storage/device-key.ts';
import type { Engine } from '../storage/engine.ts';
import { createApiClient } from './api-client.ts';

const random = seededRandom('api client');
const sessionId = '8d0c2f36-6b1c-4c55-9d57-000000000001';
const accountId = '8d0c2f36-6b1c-4c55-9d57-000000000002';

function clientOver(fetch: Fetch) {
  return createApiClient({
    origin: 'https://hexkey.example',
    fetch,
    timeout: () => new AbortController().signal,
    clock: fixedClock(1_900_000_000_000),
    random,
    clientVersion: 'test/0.1.0',
    apiTimeoutMs: 1000,
  });
}

const answering = (status: number, body: unknown) => async () =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });

async function caller() {
  const engine = webcrypto.subtle as Engine;
  return { sessionId, accountId, device: deviceSigner(engine, await makeDeviceKey(engine, random)) };
}

test("the server's refusal comes out as the same refusal, with its details", async () => {
  const refusal = new DomainError('CodeAskedTooOften', { retryAfterMs: 1500 });
  const client = clientOver(answering(429, problemOf(refusal)));
  await expect(client.call(routes.getNodeSet, {})).rejects.toEqual(refusal);
});

test('no answer, a broken one and a page of a proxy are all Offline', async () => {
  const offline = { name: 'Offline' };
  const faults: Fetch[] = [
    () => Promise.reject(new TypeError('fetch failed')),
    () => Promise.reject(new DOMException('', 'TimeoutError')),
    answering(502, '<html>Bad gateway</html>'),
  ];
  for (const fault of faults)
    await expect(clientOver(fault).call(routes.serverInfo, {})).rejects.toMatchObject(offline);
});

test('an answer that breaks the contract is a bug, not a value', async () => {
  const client = clientOver(answering(200, { payload: 'AAAA', signature: 'short' }));
  await expect(client.call(routes.getNodeSet, {})).rejects.toThrow(
    'getNodeSet: the answer breaks the contract',
  );
  await expect(clientOver(answering(200, 'not JSON')).call(routes.getNodeSet, {})).rejects.toThrow(/breaks/);
});

test('a programming error is not taken for a network fault', async () => {
  const client = clientOver(() => Promise.reject(new RangeError('a bug')));
  await expect(client.call(routes.serverInfo, {})).rejects.toThrow('a bug');
});

test('the device signs method, path, query, body and PIN proof', async () => {
  let seen: { url: string; init: RequestInit } | undefined;
  const client = clientOver(async (url, init) => {
    seen = { url, init };
    return new Response(null, { status: 204 });
  });
  const session = await caller();
  const pinAuthKey = keyPairOfSeed(new Secret(random(32)));
  const pinProof = { nonce: random(16), expiresAtMs: 1_900_000_060_000, pinAuthKey };
  const body = { name: 'Ada' };
  await client.call(routes.updateProfile, { caller: session, pinProof, body });
  if (seen === undefined) throw new Error('nothing was sent');
  expect(seen.url).toBe('https://hexkey.example/api/v1/account/profile');
  const headers = seen.init.headers as Record<string, string>;
  expect(headers['hexkey-client']).toBe('test/0.1.0');

  const bytes = utf8(JSON.stringify(body));
  const pinAuth = headers['hexkey-pin-auth'] as string;
  const signed = parseSignatureHeaders(
    headers['signature-input'] as string,
    headers.signature as string,
    true,
  );
  if (signed === null) throw new Error('not signed in our form');
  expect(signed.parameters).toMatchObject({ createdS: 1_900_000_000, sessionId });
  const request = { method: 'PATCH', path: '/api/v1/account/profile', query: '', body: bytes, pinAuth };
  const base = requestSignatureBase(request, signed.parameters);
  expect(verifyEd25519(session.device.publicKey, base, signed.signature)).toBe(true);

  const proof = parsePinAuthHeader(pinAuth);
  if (proof === null) throw new Error('no PIN proof in our form');
  const statement = pinAuthStatement({
    operation: 'updateProfile',
    accountId,
    deviceKey: session.device.publicKey,
    request: { method: 'PATCH', target: '/api/v1/account/profile', body: bytes },
    nonce: proof.nonce,
    expiresAtMs: proof.expiresAtMs,
  });
  expect(verifyEd25519(pinAuthKey.publicKey, statement, proof.signature)).toBe(true);
});

test('a query is sent as signed, without members that are not given', async () => {
  let url = '';
  const client = clientOver(async (address) => {
    url = address;
    return new Response(JSON.stringify({ entries: [], more: false }));
  });
  await client.call(routes.listLogs, { caller: await caller(), query: { limit: 5 } });
  expect(url).toBe('https://hexkey.example/api/v1/logs?limit=5');
});
