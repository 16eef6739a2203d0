import { sha256 } from '@noble/hashes/sha2.js';

/** SHA-256 of a sealed attachment that comes in pieces. */
export interface AttachmentHash {
  update(sealed: Uint8Array): void;
  digest(): Uint8Array<ArrayBuffer>;
}

export function attachmentHash(): AttachmentHash {
  const hash = sha256.create();
  return { update: (sealed) => void hash.update(sealed), digest: () => Uint8Array.from(hash.digest()) };
}
