import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BuildOptions, Plugin } from 'esbuild';

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
  const outdir = temporaryFolder();
  const names = programs.map((program, place) => `${place}-${basename(program, '.ts')}`);
  const entryPoints = programs.map((program, place) => ({
    in: join(repository, program),
    out: names[place] as string,
  }));
  await bundle(
    { outdir, entryPoints, outExtension: { '.js': '.mjs' }, format: 'esm' },
    otherPackages,
    changes,
  );
  return names.map((name) => join(outdir, `${name}.mjs`)) as unknown as { readonly [K in keyof P]: string };
}

/** How a program is started: `node ...execArgv file`. */
export interface StartedProgram {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/**
 * A program that is started for every kill of it, as V8's start-up snapshot: once its file has run, with `v8.startupSnapshot` saying so, what it
 * left in memory is written down, and each start begins from there, in half the processor time. Packages outside the bundle are missing in it.
 *
 * @param program path inside the repository, of a TypeScript module that sets the snapshot's main function
 * @throws when a change no longer fits its source
 */
export async function snapshotProgram(
  program: string,
  changes: readonly SourceChange[] = [],
): Promise<StartedProgram> {
  const outdir = temporaryFolder();
  const file = join(outdir, `${basename(program, '.ts')}.cjs`);
  const entryPoints = [{ in: join(repository, program), out: basename(program, '.ts') }];
  await bundle(
    {
      outdir,
      entryPoints,
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
      banner: { js: 'var module = {};' },
    },
    missingPackages,
    changes,
  );
  const snapshot = ['--snapshot-blob', join(outdir, 'snapshot.blob')];
  await promisify(execFile)(process.execPath, [...snapshot, '--build-snapshot', file]);
  return { file, execArgv: snapshot };
}

function temporaryFolder(): string {
  const cache = join(repository, 'node_modules/.cache/programs');
  mkdirSync(cache, { recursive: true });
  // Parts read their version from the manifest above them.
  copyFileSync(join(repository, 'apps/api/package.json'), join(cache, 'package.json'));
  const folder = mkdtempSync(join(cache, 'run-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function bundle(options: BuildOptions, packages: Plugin, changes: readonly SourceChange[]) {
  const { build } = await import('esbuild');
  const applied = new Set<SourceChange>();
  await build({
    ...options,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    plugins: [packages, changedSources(changes, applied)],
  });
  const unused = changes.find((change) => !applied.has(change));
  if (unused !== undefined) throw new Error(`no longer in ${unused.file}: ${unused.find}`);
}

/** Our own packages go into the bundle with what is plain ECMAScript among their dependencies; the others are loaded as ever. */
const bundled = /^(@hexkey|@noble|@scure|@hpke|cborg|kysely|ts-mls|typebox)(\/|$)/;

const otherPackages: Plugin = {
  name: 'other packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || bundled.test(path) ? undefined : { path, external: true },
    );
  },
};

/** A snapshot is made of one file and Node's own modules; a package that the program names without calling it may be missing. */
const missingPackages: Plugin = {
  name: 'missing packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point' || bundled.test(path)) return undefined;
      return isBuiltin(path) ? { path, external: true } : { path, namespace: 'missing' };
    });
    onLoad({ filter: /./, namespace: 'missing' }, ({ path }) => {
      const refusal = JSON.stringify(`${path} is not in the snapshot`);
      return {
        contents: `module.exports = Object.create(new Proxy({}, {
          get(_, name) { if (name !== '__esModule') throw new Error(${refusal}); },
        }));`,
      };
    });
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
