// Fails when a file of the repository names a folder of somebody's own machine: it would work there only.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const homes = ['home', 'root', 'Users', 'work', 'mnt'];
const ownPath = new RegExp(`(?<![\\w.~:/-])/(?:${homes.join('|')})/[A-Za-z0-9._-]+`);

const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
});
const files = listed.split('\0').filter(Boolean);
const found = files.flatMap((file) => {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Deleted, not yet committed.
    return [];
  }
  return text
    .split('\n')
    .flatMap((line, index) =>
      ownPath.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
    );
});
for (const line of found) process.stdout.write(`${line}\n`);
process.stdout.write(`${found.length} paths of somebody's own machine in ${files.length} files\n`);
process.exitCode = found.length > 0 ? 1 : 0;
