import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** One change of one source file, made on the way into the bundle: how a guard of the real code is broken on purpose. */
export interface SourceChange {
  /** Path inside the repository. */
  readonly file: string;
  readonly find: string;
  readonly replaceBy: string;
}

/**
 * Programs that tests start often, each as one file of plain JavaScript: to find hundreds of modules and to strip their types is nine tenths of a
 * start. The files are gone when this process ends.
 *
 * @param programs paths inside the repository, of TypeScript modules
 * @returns paths of the files, in the same order
 * @throws when a change no longer fits its source
 */
export async function bundlePrograms<const P extends readonly string[]>(
  programs: P,
  changes: readonly SourceChange[] = [],
): Promise<{ readonly [K in keyof P]: string }> {
  const { build } = await import('esbuild');
  const cache = join(repository, 'node_modules/.cache/programs');
  mkdirSync(cache, { recursive: true });
  // Parts read their version from the manifest above them.
  copyFileSync(join(repository, 'apps/api/package.json'), join(cache, 'package.json'));
  const outdir = mkdtempSync(join(cache, 'run-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  const applied = new Set<SourceChange>();
  const names = programs.map((program, place) => `${place}-${basename(program, '.ts')}`);
  await build({
    entryPoints: programs.map((program, place) => ({
      in: join(repository, program),
      out: names[place] as string,
    })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    plugins: [externalPackages, changedSources(changes, applied)],
  });
  const unused = changes.find((change) => !applied.has(change));
  if (unused !== undefined) throw new Error(`no longer in ${unused.file}: ${unused.find}`);
  return names.map((name) => join(outdir, `${name}.mjs`)) as unknown as { readonly [K in keyof P]: string };
}

/** Our own packages go into the bundle with what is plain ECMAScript among their dependencies; the others are loaded as ever. */
const bundled = /^(@hexkey|@noble|@scure|@hpke|cborg|kysely|ts-mls|typebox)(\/|$)/;

const externalPackages: Plugin = {
  name: 'external packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || bundled.test(path) ? undefined : { path, external: true },
    );
  },
};

function changedSources(changes: readonly SourceChange[], applied: Set<SourceChange>): Plugin {
  return {
    name: 'changed sources',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const here = changes.filter(({ file }) => path === join(repository, file));
        if (here.length === 0) return undefined;
        let contents = readFileSync(path, 'utf8');
        for (const change of here) {
          if (!contents.includes(change.find)) continue;
          contents = contents.replaceAll(change.find, change.replaceBy);
          applied.add(change);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}
