import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, launchChromium } from '@hexkey/testing';
import encodeQR from 'qr';
import { temporaryFolder } from './harness.ts';

const width = 640;
const height = 480;
/** Of a grey picture: BT.601, as cameras send it. */
const neutral = 128;

/** A browser whose camera looks at a QR code. `close` ends it and removes the film. */
export async function browserSeeing(text: string): Promise<{ browser: Browser; close(): Promise<void> }> {
  const folder = temporaryFolder();
  const film = join(folder.path, 'camera.y4m');
  writeFileSync(film, filmOf(encodeQR(text, 'raw', { border: 4 })));
  const browser = await launchChromium({
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  return {
    browser,
    async close() {
      await browser.close();
      folder.remove();
    },
  };
}

/** One frame, played again and again. YUV4MPEG2 with 4:2:0, the raw form that Chromium's camera takes. */
function filmOf(code: readonly (readonly boolean[])[]): Buffer {
  const scale = Math.floor(height / code.length);
  const [left, top] = [width, height].map((side) => Math.floor((side - scale * code.length) / 2)) as [
    number,
    number,
  ];
  const light = Buffer.alloc(width * height, 235);
  for (const [row, modules] of code.entries())
    for (const [column, isDark] of modules.entries())
      if (isDark)
        for (let line = 0; line < scale; line += 1) {
          const start = (top + row * scale + line) * width + left + column * scale;
          light.fill(16, start, start + scale);
        }
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\nFRAME\n`),
    light,
    Buffer.alloc((width * height) / 2, neutral),
  ]);
}
