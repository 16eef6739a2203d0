#!/usr/bin/env node
// Starts the command line client. Plain JavaScript that old Nodes can read too, so that they get a sentence instead of a syntax error.
const floor = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < floor[0] || (major === floor[0] && minor < floor[1])) {
  process.stderr.write(`Hexkey needs Node ${floor.join('.')} or newer; this is ${process.versions.node}\n`);
  process.exit(2);
}
start();

async function start() {
  // Newer Nodes strip types themselves; on the others tsx does, in this same process.
  if (process.features.typescript !== 'strip') (await import('tsx/esm/api')).register();
  await import('./src/main.ts');
}
