import { randomBytes, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64url, fromHex, keyPairOfSeed, pinAuthKeyPair, Secret, toBase64url } from '@hexkey/protocol';
import { createHexkey, type Hexkey, type HexkeyDeps, memoryVault } from '@hexkey/sdk';
import { nodePinHash } from '@hexkey/sdk/node';

/** A client that tells what a real one keeps to itself, so that a test can look for it elsewhere. */
export interface TellingClient {
  readonly hexkey: Hexkey;
  /** S_pin: of all random values drawn, the one whose PIN-auth key went to the server. */
  pinSecret(): Secret<Uint8Array<ArrayBuffer>>;
  /** Every output of the PIN hash. */
  readonly stretchedPins: readonly Uint8Array[];
}

/**
 * The real client over real requests.
 * @param dataFolder where the installation's operator key is
 * @param given.before called before each request, which waits for it
 * @param given.vault of a client that was there before
 */
export function tellingClient(
  origin: string,
  dataFolder: string,
  given: {
    readonly vault?: HexkeyDeps['vault'];
    readonly before?: (url: string, init: RequestInit) => Promise<void>;
  } = {},
): TellingClient {
  const drawn: Uint8Array<ArrayBuffer>[] = [];
  const stretchedPins: Uint8Array[] = [];
  let pinAuthKey = '';
  const operator = keyPairOfSeed(
    new Secret(fromHex(readFileSync(join(dataFolder, 'operator.key'), 'utf8').trim())),
  );
  const hexkey = createHexkey({
    origin,
    fetch: async (url, init) => {
      await given.before?.(url, init);
      if (init.method === 'PUT' && url.endsWith('/api/v1/account/pin'))
        pinAuthKey = JSON.parse(textOfBody(init.body)).pinAuthKey;
      return fetch(url, init);
    },
    timeout: AbortSignal.timeout,
    clock: Date,
    random: (lengthBytes) => {
      const bytes = Uint8Array.from(randomBytes(lengthBytes));
      drawn.push(bytes);
      return bytes;
    },
    engine: webcrypto.subtle as HexkeyDeps['engine'],
    vault: given.vault ?? memoryVault(),
    pinHash: async (password, salt) => {
      const hash = await nodePinHash(password, salt);
      stretchedPins.push(Uint8Array.from(hash.reveal()));
      return hash;
    },
    operatorKey: operator.publicKey,
    clientVersion: 'test/0.1.0',
    device: { name: 'Canary', platform: 'cli' },
    nodeTimeoutMs: 20_000,
    apiTimeoutMs: 20_000,
    alone: (work) => work(),
    yieldToOthers: async () => undefined,
    reportBug: (error) => {
      throw error;
    },
  });
  return {
    hexkey,
    stretchedPins,
    pinSecret: () => {
      const wanted = toBase64url(fromBase64url(pinAuthKey));
      const secret = drawn
        .filter((bytes) => bytes.length === 32)
        .map((bytes) => new Secret(bytes))
        .find((candidate) => toBase64url(pinAuthKeyPair(candidate).publicKey) === wanted);
      if (secret === undefined) throw new Error('S_pin was not drawn from the injected random');
      return secret;
    },
  };
}

function textOfBody(body: RequestInit['body']): string {
  return typeof body === 'string' ? body : Buffer.from(body as Uint8Array).toString();
}
