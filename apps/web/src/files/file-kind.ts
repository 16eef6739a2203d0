import type { ShownContent } from '@hexkey/sdk';

type Shown = Pick<Extract<ShownContent, { kind: 'attachment' }>, 'mediaType' | 'thumbnail' | 'durationMs'>;

/** What is drawn and played here; nothing that can hold script. */
const pictures: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'];
const sounds: readonly string[] = ['audio/webm', 'audio/ogg', 'audio/mp4', 'audio/mpeg', 'audio/wav'];

export function fileKindOf({ mediaType, durationMs }: Shown): 'picture' | 'voice' | 'file' {
  if (pictures.includes(mediaType)) return 'picture';
  return durationMs !== null && sounds.includes(mediaType) ? 'voice' : 'file';
}
