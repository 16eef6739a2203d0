import { MalformedError } from '@hexkey/protocol';

/**
 * The body of an answer, of bounded length: a party that lies must not fill this device's memory.
 * @throws {MalformedError} more than `limitBytes`; the rest is not read
 */
export async function readBounded(response: Response, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(limitBytes);
  let length = 0;
  const reader = response.body?.getReader();
  for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) {
    if (length + chunk.value.length > limitBytes) {
      await reader?.cancel();
      throw new MalformedError('an answer beyond its bound');
    }
    bytes.set(chunk.value, length);
    length += chunk.value.length;
  }
  return bytes.slice(0, length);
}
