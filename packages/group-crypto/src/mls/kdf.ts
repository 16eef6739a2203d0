import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { CiphersuiteImpl } from 'ts-mls';

/**
 * HKDF-SHA256 (RFC 5869) for ts-mls, computed here and now. The engine's takes two calls to another thread for each value, and a message derives
 * five: most of what it cost to read one.
 */
export const hkdfSha256: CiphersuiteImpl['kdf'] = {
  size: 32,
  extract: async (salt, ikm) => extract(sha256, ikm, salt),
  expand: async (prk, info, length) => expand(sha256, prk, info, length),
};
