import { attachmentPath, DomainError } from '@hexkey/contract';
import { attachmentLayout } from '@hexkey/protocol';
import type { HttpRequest } from 'tus-js-client';
import { transferBytes } from '../../transport/transfer-bytes.ts';
import type { Engine } from '../engine/engine.ts';
import { pieceBytes, pieceKey, type Sealed } from './pieces.ts';

/** What arrives within the server's ten seconds on a slow line; a whole number of them is a piece. */
const partBytes = 256 * 1024;

/**
 * tus 1.0.0: asks how much the server has, and sends the rest part by part, each signed by this device.
 * @param onPart told how much it has; false gives it up
 * @returns whether it has all
 * @throws {DomainError} the server's refusal; `Offline`
 */
export async function sendParts(
  { client, caller, book, signal }: Pick<Engine, 'client' | 'caller' | 'book' | 'signal'>,
  { attachmentId, sizeBytes }: Sealed,
  onPart: (doneBytes: number) => Promise<boolean>,
): Promise<boolean> {
  const { Upload } = await import('tus-js-client');
  const { sealedBytes } = attachmentLayout(sizeBytes);
  const path = attachmentPath(attachmentId);
  let failure: unknown = null;
  let isGivenUp = false;

  async function sliceOf(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const piece = Math.floor(start / pieceBytes);
    const bytes = await book.bytes.get(pieceKey(attachmentId, piece));
    if (bytes === null) throw new DomainError('AttachmentGone', {});
    return bytes.slice(start - piece * pieceBytes, Math.min(end, sealedBytes) - piece * pieceBytes);
  }

  function createRequest(method: string): HttpRequest {
    const headers: Record<string, string> = {};
    return {
      getMethod: () => method,
      getURL: () => path,
      setHeader: (name, value) => {
        headers[name] = value;
      },
      getHeader: (name) => headers[name],
      setProgressHandler: () => undefined,
      async send(body: unknown) {
        try {
          const answer = await transferBytes(client.deps, caller, {
            method: method === 'HEAD' ? 'HEAD' : 'PATCH',
            path,
            headers,
            ...(body instanceof Uint8Array ? { body: Uint8Array.from(body) } : {}),
            signal,
          });
          return {
            getStatus: () => answer.status,
            getHeader: (name) => answer.headers.get(name) ?? undefined,
            getBody: () => '',
            getUnderlyingObject: () => null,
          };
        } catch (error) {
          failure = error;
          throw error;
        }
      },
      abort: async () => undefined,
      getUnderlyingObject: () => null,
    };
  }

  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(new Blob([]), {
      uploadUrl: path,
      uploadSize: sealedBytes,
      chunkSize: partBytes,
      retryDelays: null,
      storeFingerprintForResuming: false,
      fingerprint: async () => attachmentId,
      httpStack: { createRequest, getName: () => 'signed' },
      fileReader: {
        openFile: async () => ({
          size: sealedBytes,
          // Never said to be the end: the library would measure it as a Blob. The length is known beforehand.
          slice: async (start, end) => ({ value: await sliceOf(start, end), done: false }),
          close: () => undefined,
        }),
      },
      onChunkComplete(_, doneBytes) {
        onPart(doneBytes).then((goesOn) => {
          if (goesOn || doneBytes === sealedBytes) return;
          isGivenUp = true;
          void upload.abort();
          resolve();
        }, reject);
      },
      onSuccess: () => resolve(),
      // What the protocol itself refuses (another offset: two pages of one device) is asked for again from the beginning.
      onError: () => reject(failure ?? new DomainError('Offline', {})),
    });
    upload.start();
  });
  return !isGivenUp;
}
