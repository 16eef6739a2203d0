import { gcm } from '@noble/ciphers/aes.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, uint32, utf8 } from '../encoding/bytes.ts';
import type { Secret } from '../encoding/secret.ts';

/** RFC 8188 section 2.1: `salt (16) || record size (4) || length of the key's name (1)`, without a name. */
export const headerBytes = 21;
export const saltBytes = 16;
const tagBytes = 16;
/** The tag, and the octet that ends the data of a record. */
export const recordOverheadBytes = tagBytes + 1;

const moreFollow = 1;
const lastOne = 2;

/** What seals and opens single records of one content. RFC 8188 sections 2.2 and 2.3. */
export interface RecordCipher {
  /** `data || delimiter || zeros`, encrypted. @param paddingBytes how many zeros */
  seal(index: number, data: Uint8Array, paddingBytes: number, isLast: boolean): Uint8Array<ArrayBuffer>;
  /** The data, or null: changed, of another place, or last where it should not be. */
  open(index: number, sealed: Uint8Array, isLast: boolean): Uint8Array<ArrayBuffer> | null;
}

/** `aes128gcm` content encoding. @param key input keying material, used for this content alone */
export function recordCipher(key: Secret<Uint8Array>, salt: Uint8Array): RecordCipher {
  const contentKey = hkdf(sha256, key.reveal(), salt, utf8('Content-Encoding: aes128gcm\0'), 16);
  const baseNonce = hkdf(sha256, key.reveal(), salt, utf8('Content-Encoding: nonce\0'), 12);
  return {
    seal(index, data, paddingBytes, isLast) {
      const delimiter = Uint8Array.of(isLast ? lastOne : moreFollow);
      const plaintext = concatBytes(data, delimiter, new Uint8Array(paddingBytes));
      return Uint8Array.from(gcm(contentKey, nonceOf(baseNonce, index)).encrypt(plaintext));
    },
    open(index, sealed, isLast) {
      if (sealed.length < recordOverheadBytes) return null;
      let plaintext: Uint8Array;
      try {
        plaintext = gcm(contentKey, nonceOf(baseNonce, index)).decrypt(sealed);
      } catch {
        // Lengths are checked above, so the library throws for a wrong tag only.
        return null;
      }
      let end = plaintext.length - 1;
      while (end >= 0 && plaintext[end] === 0) end -= 1;
      if (end < 0 || plaintext[end] !== (isLast ? lastOne : moreFollow)) return null;
      return Uint8Array.from(plaintext.subarray(0, end));
    },
  };
}

/** The header of a content whose key is named elsewhere. */
export function encodingHeader(salt: Uint8Array, recordSizeBytes: number): Uint8Array<ArrayBuffer> {
  return concatBytes(salt, uint32(recordSizeBytes), Uint8Array.of(0));
}

/** RFC 8188 section 2.3: the record's number, in network byte order, over the end of the nonce. */
function nonceOf(base: Uint8Array, index: number): Uint8Array {
  const nonce = Uint8Array.from(base);
  const view = new DataView(nonce.buffer);
  view.setBigUint64(4, view.getBigUint64(4) ^ BigInt(index));
  return nonce;
}
