import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';
import type { ChromiumProgram } from './chromium-program.ts';

const run = promisify(execFile);
const packageFolder = dirname(dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium')))));

/** Whether the browser inside `@sparticuz/chromium` was built for this machine. */
export function bundledChromiumFits(platform: string, arch: string): boolean {
  return platform === 'linux' && arch === 'x64';
}

/**
 * The browser inside the `@sparticuz/chromium` package, inflated once to `cacheFolder`. Its own inflating is not used:
 * that writes to fixed names in the system's temporary folder, where two runs would read each other's half-written file.
 *
 * @param cacheFolder parent of one folder per version
 */
export async function bundledChromium(cacheFolder: string): Promise<ChromiumProgram> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(cacheFolder, `chromium-${version}`);
  if (!existsSync(folder)) await inflateTo(folder);
  const executablePath = join(folder, 'chromium');
  const env: Record<string, string> = {};
  if (!existsSync('/etc/fonts')) env.FONTCONFIG_PATH = join(folder, 'fonts');
  if (!(await starts(executablePath))) env.LD_LIBRARY_PATH = join(folder, 'al2023', 'lib');
  return { executablePath, env };
}

async function inflateTo(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  const packed = (name: string) => createReadStream(join(packageFolder, 'bin', name));
  const browser = createWriteStream(join(unfinished, 'chromium'), { mode: 0o755 });
  await Promise.all([
    pipeline(packed('chromium.br'), createBrotliDecompress(), browser),
    pipeline(packed('swiftshader.tar.br'), createBrotliDecompress(), extract(unfinished)),
    pipeline(packed('fonts.tar.br'), createBrotliDecompress(), extract(join(unfinished, 'fonts'))),
    pipeline(packed('al2023.tar.br'), createBrotliDecompress(), extract(join(unfinished, 'al2023'))),
  ]);
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Another run finished first: its folder is as good as ours.
    if (!existsSync(folder)) throw error;
    await rm(unfinished, { recursive: true });
  }
}

/** False when a shared library is missing, which is what the package's own libraries are for. */
async function starts(executablePath: string): Promise<boolean> {
  try {
    await run(executablePath, ['--version', '--no-sandbox']);
    return true;
  } catch {
    return false;
  }
}
