import { buffer } from 'node:stream/consumers';
import { attachmentPath } from '@hexkey/contract';
import { DataStore, ERRORS, Server, Upload } from '@tus/server';
import type { Deps } from '../deps.ts';

/** A request of tus 1.0.0 whose caller and body were checked. */
export interface PartRequest {
  readonly id: string;
  readonly method: 'HEAD' | 'PATCH';
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** The protocol of resumable uploads over the rows and their bytes: where an upload stands is what is on the disk. */
export function takeParts({ clock, stores, blobs }: Pick<Deps, 'clock' | 'stores' | 'blobs'>) {
  class Parts extends DataStore {
    override async getUpload(id: string): Promise<Upload> {
      const row = await stores.attachments.get(id, clock.now());
      if (row === null) throw ERRORS.FILE_NOT_FOUND;
      return new Upload({ id, size: row.length_bytes, offset: await blobs.lengthOf(id) });
    }

    override async write(part: NodeJS.ReadableStream, id: string, offset: number): Promise<number> {
      const bytes = await buffer(part);
      await blobs.append(id, offset, bytes);
      return offset + bytes.length;
    }
  }
  const tus = new Server({
    path: attachmentPath(''),
    datastore: new Parts(),
    allowedOrigins: [],
    // Refusals of the protocol are plain objects; a fault of ours is one like any other.
    async onResponseError(_, error) {
      if (error instanceof Error) throw error;
      return undefined;
    },
  });
  return ({ id, method, headers, body }: PartRequest): Promise<Response> => {
    const given = new Headers();
    for (const name of ['tus-resumable', 'upload-offset', 'content-type', 'content-length']) {
      const value = headers[name];
      if (typeof value === 'string') given.set(name, value);
    }
    return tus.handleWeb(
      new Request(`http://server${attachmentPath(id)}`, {
        method,
        headers: given,
        ...(method === 'PATCH' ? { body } : {}),
      }),
    );
  };
}
