import { type Puzzle, searchPuzzle } from '@hexkey/protocol';

/** Searches for the proof of work in steps, so that the page stays alive. @returns 8 bytes */
export async function solvePuzzle(puzzle: Puzzle, yieldToOthers: () => Promise<void>): Promise<Uint8Array> {
  const search = searchPuzzle(puzzle);
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    await yieldToOthers();
  }
}
