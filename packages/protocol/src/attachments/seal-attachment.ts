import { Secret } from '../encoding/secret.ts';
import type { Random } from '../ports.ts';
import { attachmentLayout, recordSizeBytes } from './attachment-layout.ts';
import { encodingHeader, recordCipher, saltBytes } from './content-encoding.ts';

const keyBytes = 32;

/** What one attachment is sealed under; never used for another. The salt is no secret: it leads the sealed bytes. */
export interface AttachmentSecrets {
  readonly key: Secret<Uint8Array>;
  readonly salt: Uint8Array;
}

export function newAttachmentSecrets(random: Random): AttachmentSecrets {
  return { key: new Secret(random(keyBytes)), salt: random(saltBytes) };
}

/** Seals record by record; the same content under the same secrets is the same bytes. */
export interface AttachmentSealer {
  readonly header: Uint8Array<ArrayBuffer>;
  /** @param content the bytes that `layout.contentOf(record)` names */
  sealRecord(record: number, content: Uint8Array): Uint8Array<ArrayBuffer>;
}

/** RFC 8188 with records of 64 KiB, the length padded by Padmé. docs/protocol/messaging.md section 6. */
export function attachmentSealer({ key, salt }: AttachmentSecrets, sizeBytes: number): AttachmentSealer {
  const layout = attachmentLayout(sizeBytes);
  const cipher = recordCipher(key, salt);
  return {
    header: encodingHeader(salt, recordSizeBytes),
    sealRecord: (record, content) =>
      cipher.seal(record, content, layout.paddingOf(record), record === layout.recordCount - 1),
  };
}
