// Starts a command of Hexkey: `node launch.mjs start|dev|backup|change-nodes|bench`. Plain JavaScript that old Nodes can read too, so
// that they get a sentence instead of a syntax error.
const floor = [20, 19];
const commands = { bench: () => `./bench/${process.argv[3]}.ts` };

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < floor[0] || (major === floor[0] && minor < floor[1])) {
  process.stderr.write(`Hexkey needs Node ${floor.join('.')} or newer; this is ${process.versions.node}\n`);
  process.exit(1);
}
launch(process.argv[2]);

async function launch(command) {
  if (command === 'bench' && !/^[a-z-]+$/.test(process.argv[3] ?? '')) {
    process.stderr.write('Usage: npm run bench -- NAME\n');
    process.exit(1);
  }
  // Newer Nodes strip types themselves; on the others tsx does, in this same process.
  if (process.features.typescript !== 'strip') (await import('tsx/esm/api')).register();
  await import(commands[command]?.() ?? './apps/supervisor/src/main.ts');
}
