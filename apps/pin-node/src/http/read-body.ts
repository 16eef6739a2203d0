import type { IncomingMessage } from 'node:http';
import { NodeRefusal } from '../refusal.ts';

/**
 * Reads the whole body, but never more than a request may have. A client that stalls is cut off by the server's
 * request timeout.
 * @throws {NodeRefusal} 413, 400 when the client goes away
 */
export function readBody(message: IncomingMessage, maxRequestBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let lengthBytes = 0;
    message.on('data', (chunk: Buffer) => {
      lengthBytes += chunk.length;
      if (lengthBytes > maxRequestBytes) {
        message.pause();
        reject(new NodeRefusal(413, `the request is larger than ${maxRequestBytes} bytes`));
        return;
      }
      chunks.push(chunk);
    });
    message.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    message.once('error', () => reject(new NodeRefusal(400, 'the request was not received whole')));
    message.once('aborted', () => reject(new NodeRefusal(400, 'the request was not received whole')));
  });
}
