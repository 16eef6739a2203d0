/** Each is tried until the picture fits: first fewer details, then fewer pixels. */
const attempts = [256, 192, 128].flatMap((side) => [0.85, 0.6].map((quality) => ({ side, quality })));

/**
 * The middle square of a picture, of at most so many bytes. Drawn anew, so nothing is left of what a camera writes into a file:
 * place, time, device. Rejects for a file that is no picture this browser reads.
 */
export async function shrinkPicture(file: Blob, limitBytes: number): Promise<Uint8Array> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    for (const { side, quality } of attempts) {
      const blob = await draw(picture, side).convertToBlob({ type: 'image/jpeg', quality });
      if (blob.size <= limitBytes) return new Uint8Array(await blob.arrayBuffer());
    }
  } finally {
    picture.close();
  }
  throw new Error('a picture of 128 by 128 pixels that is larger than its limit');
}

function draw(picture: ImageBitmap, side: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the browser gave no canvas');
  const square = Math.min(picture.width, picture.height);
  const left = (picture.width - square) / 2;
  const top = (picture.height - square) / 2;
  // JPEG knows no transparency; what was see-through would turn black.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, side, side);
  context.drawImage(picture, left, top, square, square, 0, 0, side, side);
  return canvas;
}
