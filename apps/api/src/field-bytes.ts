import { DomainError } from '@hexkey/contract';
import { fromBase64url } from '@hexkey/protocol';

/** Bytes of a body member. Its schema checks characters and length, not the loose bits of a second spelling. */
export function readBytes(text: string, field: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64url(text);
  } catch {
    throw new DomainError('InvalidField', { field, problem: 'not canonical base64url' });
  }
}

export const invalidField = (field: string, problem: string) =>
  new DomainError('InvalidField', { field, problem });
