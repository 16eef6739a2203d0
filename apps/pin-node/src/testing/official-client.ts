import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Juicebox from 'juicebox-sdk';

/** Node's own; its types come with the DOM's, which a server does not have. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: object } }>;
};

let loaded: Promise<typeof Juicebox> | undefined;

/**
 * The unmodified Juicebox client. Its entry point imports a .wasm file, which Node 20 does not load, so the module is
 * instantiated by hand, once a process: its glue keeps views of the memory it began with. It asks
 * `globalThis.JuiceboxGetAuthToken` for tokens.
 */
export function loadOfficialClient(): Promise<typeof Juicebox> {
  loaded ??= instantiate();
  return loaded;
}

async function instantiate(): Promise<typeof Juicebox> {
  const folder = dirname(createRequire(import.meta.url).resolve('juicebox-sdk/package.json'));
  const glue = await import(pathToFileURL(join(folder, 'juicebox-sdk_bg.js')).href);
  const { instance } = await WebAssembly.instantiate(await readFile(join(folder, 'juicebox-sdk_bg.wasm')), {
    './juicebox-sdk_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  return glue;
}
