import { contentLimits, utf8 } from '@hexkey/protocol';
import type { NewFile } from '@hexkey/sdk';
import { makeThumbnail } from './make-thumbnail.ts';

/** A file of the owner as `Chats.sendFile` takes it. */
export async function newFile(blob: Blob, name: string, durationMs?: number): Promise<NewFile> {
  return {
    name: shortened(name),
    mediaType: blob.type.split(';')[0] ?? '',
    sizeBytes: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
    ...(await makeThumbnail(blob)),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

/** The beginning and the ending of a name that is too long for a message. */
function shortened(name: string): string {
  if (utf8(name).length <= contentLimits.name) return name;
  const characters = [...name];
  return `${characters.slice(0, 40).join('')}…${characters.slice(-12).join('')}`;
}
