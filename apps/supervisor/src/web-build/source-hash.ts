import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a build of the web client depends on, as one hash: the sources, the locked dependencies, the compiled-in key.
 * Content instead of a commit, so that a changed file that is not committed yet is built too, and a commit that touches
 * neither costs nothing.
 *
 * @param paths files and folders inside `root`; tests do not count
 */
export function sourceHash(root: string, paths: readonly string[], settings: readonly string[]): string {
  const hash = createHash('sha256');
  for (const setting of settings) hash.update(`${setting}\0`);
  for (const file of paths.flatMap((path) => filesIn(root, path))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 24);
}

function filesIn(root: string, path: string): readonly string[] {
  const entries = readdirSync(join(root, path, '..'), { withFileTypes: true });
  const own = entries.find((entry) => entry.name === path.split('/').at(-1));
  if (own?.isFile()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !file.includes('node_modules') && !file.includes('/dist/'))
    .sort();
}
