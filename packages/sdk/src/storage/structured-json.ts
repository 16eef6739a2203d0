import { fromBase64url, toBase64url } from '@hexkey/protocol';

/** What a vault keeps: what IndexedDB's structured clone takes, less what no vault needs. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

type KeyEngine = Pick<SubtleCrypto, 'exportKey' | 'importKey'>;

/**
 * Plain objects with bytes and keys in them as JSON: `{"$bytes": base64url}`, `{"$key": JWK (RFC 7517), …}`.
 * @throws {TypeError} for anything else, and for keys that may not be exported
 */
export async function toStructuredJson(engine: KeyEngine, value: unknown): Promise<string> {
  return JSON.stringify(await encode(engine, value));
}

/** @throws {SyntaxError} no JSON @throws {TypeError} not made by `toStructuredJson` */
export async function fromStructuredJson(engine: KeyEngine, text: string): Promise<unknown> {
  return decode(engine, JSON.parse(text) as Json);
}

async function encode(engine: KeyEngine, value: unknown): Promise<Json> {
  if (value === null || ['boolean', 'string'].includes(typeof value)) return value as Json;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Uint8Array) return { $bytes: toBase64url(value) };
  if (value instanceof CryptoKey) {
    const { algorithm, usages } = value;
    return { $key: (await engine.exportKey('jwk', value)) as Json, algorithm: algorithm as never, usages };
  }
  if (Array.isArray(value)) return Promise.all(value.map((item) => encode(engine, item)));
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new TypeError('not a value that a vault keeps');
  const members = Object.entries(value as object).filter(([, member]) => member !== undefined);
  if (members.some(([name]) => name.startsWith('$'))) throw new TypeError('a member whose name is reserved');
  return Object.fromEntries(
    await Promise.all(members.map(async ([name, member]) => [name, await encode(engine, member)] as const)),
  );
}

async function decode(engine: KeyEngine, json: Json): Promise<unknown> {
  if (json === null || typeof json !== 'object') return json;
  if (isList(json)) return Promise.all(json.map((item) => decode(engine, item)));
  if (typeof json.$bytes === 'string') return fromBase64url(json.$bytes);
  if (json.$key !== undefined)
    return engine.importKey(
      'jwk',
      json.$key as JsonWebKey,
      json.algorithm as never,
      true,
      json.usages as never,
    );
  return Object.fromEntries(
    await Promise.all(
      Object.entries(json).map(async ([name, member]) => [name, await decode(engine, member)] as const),
    ),
  );
}

const isList = (json: object): json is readonly Json[] => Array.isArray(json);
