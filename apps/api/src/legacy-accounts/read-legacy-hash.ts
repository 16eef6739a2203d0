/**
 * A hash of an old PIN or password, as another system wrote it. What `readLegacyHash` gave fits the bounds below: checking somebody's
 * old PIN costs at most seconds of one core and `maxMemoryKib`.
 */
export type LegacyHash =
  /** OpenBSD's bcrypt in crypt(3) form; `2a`, `2b` and `2y` compute the same for what people type. */
  | { readonly kind: 'bcrypt'; readonly encoded: string }
  /** PHC string format. RFC 9106, version 1.3. */
  | { readonly kind: 'argon2id'; readonly encoded: string }
  /** RFC 8018 section 5.2 with HMAC-SHA-256. */
  | {
      readonly kind: 'pbkdf2-sha256';
      readonly iterations: number;
      readonly salt: Uint8Array;
      readonly derived: Uint8Array;
    };

/** `hash-cost`: well formed, and dearer to check than this server would pay. */
export type LegacyHashProblem = 'hash-format' | 'hash-cost';

export const maxHashLength = 512;
const maxBcryptCost = 14;
const maxMemoryKib = 256 * 1024;
const maxPasses = 10;
const maxLanes = 16;
/** Passes times memory: four over the most memory. */
const maxKibPasses = 4 * maxMemoryKib;
const maxIterations = 2_000_000;

/** Reads crypt(3) bcrypt, argon2id as PHC string, and PBKDF2-SHA256 as Django and as passlib write it. Never throws. */
export function readLegacyHash(text: string): LegacyHash | LegacyHashProblem {
  if (text.length > maxHashLength) return 'hash-format';
  if (text.startsWith('$2')) return bcryptOf(text);
  if (text.startsWith('$argon2id$')) return argon2idOf(text);
  return pbkdf2Of(text);
}

const bcryptForm = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

function bcryptOf(text: string): LegacyHash | LegacyHashProblem {
  const cost = Number(bcryptForm.exec(text)?.[1] ?? 0);
  if (cost < 4) return 'hash-format';
  return cost > maxBcryptCost ? 'hash-cost' : { kind: 'bcrypt', encoded: text };
}

const argon2idForm =
  /^\$argon2id\$v=19\$m=([1-9]\d{0,9}),t=([1-9]\d{0,9}),p=([1-9]\d{0,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

function argon2idOf(text: string): LegacyHash | LegacyHashProblem {
  const [, memory, passes, lanes, salt = '', hash = ''] = argon2idForm.exec(text) ?? [];
  const [memoryKib, times, parallel] = [Number(memory), Number(passes), Number(lanes)];
  if (memory === undefined || memoryKib < 8 * parallel) return 'hash-format';
  if (bytesOf(salt) === null || bytesOf(hash) === null) return 'hash-format';
  const isDear =
    memoryKib > maxMemoryKib || times > maxPasses || parallel > maxLanes || memoryKib * times > maxKibPasses;
  return isDear ? 'hash-cost' : { kind: 'argon2id', encoded: text };
}

/** 32 bytes derived: what an empty or a short value would fit is no check of anything. */
const djangoForm = /^pbkdf2_sha256\$([1-9]\d{0,9})\$([^$]{1,128})\$([A-Za-z0-9+/]{43}=)$/;
const passlibForm = /^\$pbkdf2-sha256\$([1-9]\d{0,9})\$([A-Za-z0-9./]{2,172})\$([A-Za-z0-9./]{43})$/;

/** Django salts with the text as it stands; passlib writes bytes in base64 with `.` for `+`. */
function pbkdf2Of(text: string): LegacyHash | LegacyHashProblem {
  const django = djangoForm.exec(text);
  const found = django ?? passlibForm.exec(text);
  if (found === null) return 'hash-format';
  const [, iterations, saltText = '', derivedText = ''] = found;
  const salt = django === null ? bytesOf(saltText.replaceAll('.', '+')) : new TextEncoder().encode(saltText);
  const derived = bytesOf(derivedText.replaceAll('.', '+').replace('=', ''));
  if (salt === null || derived === null) return 'hash-format';
  if (Number(iterations) > maxIterations) return 'hash-cost';
  return { kind: 'pbkdf2-sha256', iterations: Number(iterations), salt, derived };
}

/** Base64 without padding, RFC 4648 section 4; null for what no encoder writes: a last digit with bits to spare that are set. */
function bytesOf(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replaceAll('=', '') === text ? new Uint8Array(bytes) : null;
}
