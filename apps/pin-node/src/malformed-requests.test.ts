import { encodeNodeRequest, type NodeRequest, type Registration } from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordIdOf } from './records/record-id.ts';
import { aBlindedInput, aRegistration } from './testing/a-registration.ts';
import { type NodeNetwork, startNodeNetwork } from './testing/node-network.ts';

const clock = fixedClock('2030-01-01');
const random = seededRandom('malformed requests');
const orderOfGroup = 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010';
let network: NodeNetwork;
let node: NodeNetwork['nodes'][number];
let registered: Registration;

beforeAll(async () => {
  network = await startNodeNetwork(1, { clock, random });
  node = network.nodes[0] as typeof node;
  registered = aRegistration(random);
  expect((await send(encodeNodeRequest({ kind: 'Register2', registration: registered }))).status).toBe(200);
});
afterAll(() => network.stop());

async function send(
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>> = {},
  path = 'req',
  method = 'POST',
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${node.address}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${network.token(node.realmId, 'alice', { sessionId: 's' })}`,
      'x-juicebox-version': '0.3.7',
      ...headers,
    },
    ...(method === 'POST' && { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
const stored = () => node.store.read(recordIdOf({ tenant: 'hexkey', userId: 'alice' }));

/** Sends, and expects a 4xx with a text and no change of the record. */
async function expectRefused(body: Uint8Array | string, status: number, headers?: Record<string, string>) {
  const before = await stored();
  const reply = await send(body, headers);
  expect(reply.status).toBe(status);
  expect(reply.text).not.toBe('');
  expect(reply.headers.get('content-type')).toContain('text/plain');
  expect(await stored()).toEqual(before);
}

describe('whatever is sent', () => {
  test('random bytes get 400 and change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 1000 }), (bytes) => expectRefused(bytes, 400)),
    );
  });

  test('a valid request with one changed byte gets 200, 400 or 403, never 5xx', async () => {
    const requests: NodeRequest[] = [
      { kind: 'Recover2', version: registered.version, blindedInput: aBlindedInput(random) },
      { kind: 'Recover3', version: registered.version, unlockKeyTag: random(16) },
      { kind: 'Register2', registration: aRegistration(random) },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...requests.map(encodeNodeRequest)),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (bytes, position, flip) => {
          const changed = Uint8Array.from(bytes);
          const at = position % bytes.length;
          changed[at] = (changed[at] ?? 0) ^ flip;
          const committed = (await stored())?.record.committed;
          expect([200, 400, 403, 429]).toContain((await send(changed)).status);
          expect((await stored())?.record.committed).toEqual(committed);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('random headers get 401 or 426 and change nothing', async () => {
    const body = encodeNodeRequest({ kind: 'Delete' });
    // What fetch lets through as a header value.
    const value = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    });
    const before = await stored();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('authorization', 'x-hexkey-proof', 'x-juicebox-version'),
        fc.constantFrom('', 'Bearer ', 'v1;', 'Bearer a.b.'),
        value,
        async (name, prefix, text) => {
          expect([401, 426]).toContain((await send(body, { [name]: `${prefix}${text}` })).status);
        },
      ),
    );
    expect(await stored()).toEqual(before);
  });

  test('other paths and methods get 404 and 405', async () => {
    expect((await send('', {}, 'other')).status).toBe(404);
    expect((await send('', {}, 'req/')).status).toBe(404);
    expect((await send('', {}, 'req?x')).status).toBe(404);
    expect((await send('', {}, 'req', 'GET')).status).toBe(405);
    expect((await send('', {}, 'health')).status).toBe(405);
  });
});

describe('what is refused by name', () => {
  test('more than 2048 bytes: 413', async () => {
    await expectRefused(new Uint8Array(2049), 413);
    await expectRefused(new Uint8Array(2048), 400);
  });

  test('an old client or none: 426', async () => {
    const body = encodeNodeRequest({ kind: 'Delete' });
    for (const version of ['0.1.9', '0.1', 'x', ''])
      await expectRefused(body, 426, { 'x-juicebox-version': version });
    expect(
      (await send(encodeNodeRequest({ kind: 'Recover1' }), { 'x-juicebox-version': '1.0.0' })).status,
    ).toBe(200);
  });

  test('no token: 401 before the version is looked at', async () => {
    const response = await fetch(`${node.address}req`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(401);
  });

  test.each([
    ['the identity', new Uint8Array(32)],
    ['no point', new Uint8Array(32).fill(0xff)],
    ['a negative element', Uint8Array.of(1, ...new Uint8Array(31))],
  ])('%s as the blinded input: 400, no guess spent', async (_, blindedInput) => {
    await expectRefused(
      encodeNodeRequest({ kind: 'Recover2', version: registered.version, blindedInput }),
      400,
    );
  });

  test.each<[string, () => Partial<Registration>]>([
    ['a private key of the group order', () => ({ oprfPrivateKey: Buffer.from(orderOfGroup, 'hex') })],
    ['a private key of zero', () => ({ oprfPrivateKey: new Uint8Array(32) })],
    ['a share of the group order', () => ({ encryptionKeyScalarShare: Buffer.from(orderOfGroup, 'hex') })],
    [
      'a public key of another private key',
      () => ({ oprfSignedPublicKey: aRegistration(random).oprfSignedPublicKey }),
    ],
  ])('%s: 400', async (_, change) => {
    const registration = { ...aRegistration(random), ...change() };
    await expectRefused(encodeNodeRequest({ kind: 'Register2', registration }), 400);
  });
});

test('a browser may ask from any origin and read Retry-After', async () => {
  const response = await fetch(`${node.address}req`, { method: 'OPTIONS' });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-expose-headers')).toBe('retry-after');
  const allowed = response.headers.get('access-control-allow-headers')?.split(', ');
  expect(allowed).toEqual(
    expect.arrayContaining(['authorization', 'x-juicebox-version', 'user-agent', 'x-hexkey-proof']),
  );
});
