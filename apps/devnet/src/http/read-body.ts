import type { IncomingMessage } from 'node:http';

/** As Agave: 50 KiB. */
export const maxBodyBytes = 51_200;

export class BodyTooLarge extends Error {}

/** @throws {BodyTooLarge} and stops reading @throws {Error} the caller went away */
export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    lengthBytes += chunk.length;
    if (lengthBytes > maxBodyBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
