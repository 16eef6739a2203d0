import { type Exploration, ModelTooLarge } from './explore.ts';
import { type World, worldsOfFive, worldsOfThree } from './worlds.ts';

// `main.ts [full]`: explores every world to its end, prints what was seen, and fails with a trace when a rule can be broken.
const worlds = process.argv[2] === 'full' ? [...worldsOfThree, ...worldsOfFive] : worldsOfThree;
const width = Math.max(...worlds.map(({ name }) => name.length));
say(`${'world'.padEnd(width)}      states  transitions  depth  seconds`);
for (const world of worlds) report(world);

function report({ name, explore }: World): void {
  const startedAt = performance.now();
  const { states, transitions, depth, counterexample } = explored(explore);
  const figures = [
    String(states).padStart(12),
    String(transitions).padStart(13),
    String(depth).padStart(7),
    ((performance.now() - startedAt) / 1000).toFixed(1).padStart(9),
  ];
  say(`${name.padEnd(width)}${figures.join('')}`);
  if (counterexample === null) return;
  process.exitCode = 1;
  say(`  broken: ${counterexample.rule}\n${counterexample.trace.map((step) => `    ${step}`).join('\n')}`);
}

function explored(explore: World['explore']): Exploration {
  try {
    return explore();
  } catch (error) {
    if (!(error instanceof ModelTooLarge)) throw error;
    return { states: 0, transitions: 0, depth: 0, counterexample: { rule: error.message, trace: [] } };
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
