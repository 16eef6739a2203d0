import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds a page of the benchmark as the web client is built. @param name a folder beside this file */
export async function buildPage(name: string, outDir: string): Promise<void> {
  await build({
    root: fileURLToPath(new URL(`./${name}`, import.meta.url)),
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, reportCompressedSize: false },
    worker: { format: 'es' },
  });
}
