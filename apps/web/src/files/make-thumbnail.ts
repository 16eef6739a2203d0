import { contentLimits } from '@hexkey/protocol';

export interface Thumbnail {
  readonly thumbnail: Uint8Array;
  readonly dimensions: { readonly width: number; readonly height: number };
}

/** Each is tried until the picture fits into a message. */
const attempts = [320, 240, 160, 96].flatMap((side) => [0.75, 0.5].map((quality) => ({ side, quality })));

/** A small picture of a picture, as it will be drawn; null for what this browser cannot read, which is then a file like any other. */
export async function makeThumbnail(file: Blob): Promise<Thumbnail | null> {
  if (!file.type.startsWith('image/')) return null;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
  try {
    const { width, height } = picture;
    for (const { side, quality } of attempts) {
      const blob = await draw(picture, side).convertToBlob({ type: 'image/jpeg', quality });
      if (blob.size > contentLimits.thumbnail) continue;
      return { thumbnail: new Uint8Array(await blob.arrayBuffer()), dimensions: { width, height } };
    }
    return null;
  } finally {
    picture.close();
  }
}

function draw(picture: ImageBitmap, side: number): OffscreenCanvas {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the browser gave no canvas');
  // JPEG knows no transparency; what was see-through would turn black.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}
