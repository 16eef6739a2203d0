import { hostname } from 'node:os';
import { runHexkey } from './run-hexkey.ts';

const { argv, env, stdin, stdout, stderr } = process;
const code = await runHexkey(argv.slice(2), {
  streams: { input: stdin, output: stdout, errors: stderr },
  env,
  hostName: hostname(),
});
// Connections that are kept alive would hold the process for seconds more.
process.exit(code);
