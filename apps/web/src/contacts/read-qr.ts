/** No phone's screen needs more to be read, and a photograph of 50 megapixels would be slow. */
const longestSide = 1200;

/**
 * The text of the QR code in a picture or in the present frame of a video; null when there is none to be found. The decoder is
 * fetched when it is first needed. Rejects for a file that is no picture.
 */
export async function readQr(source: Blob | HTMLVideoElement): Promise<string | null> {
  const [{ decodeQR }, picture] = await Promise.all([import('qr/decode.js'), createImageBitmap(source)]);
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('the browser gave no canvas');
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  try {
    return decodeQR({ width, height, data });
  } catch {
    // The decoder throws for a picture without a code, which most frames are.
    return null;
  }
}
