import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { userInfo } from 'node:os';
import { text } from 'node:stream/consumers';
import { runAdmin } from './run-admin.ts';

const { argv, env, stdin, stdout, stderr } = process;
process.exitCode = await runAdmin(argv.slice(2), {
  env,
  userName: userInfo().username,
  newId: randomUUID,
  random: (lengthBytes) => Uint8Array.from(randomBytes(lengthBytes)),
  readInput: () => text(stdin),
  readFile: (path) => createReadStream(path),
  print: (line) => void stdout.write(`${line}\n`),
  complain: (line) => void stderr.write(`hexkey-admin: ${line}\n`),
});
