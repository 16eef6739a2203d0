import type { Readable } from 'node:stream';

/** The part of a terminal's input that plain streams lack. */
export interface TypedInput {
  readonly isTTY: boolean;
  setRawMode(on: boolean): unknown;
}

/** Somebody pressed Ctrl-C or Ctrl-D instead of answering. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/**
 * Lines from a terminal whose own echo is off, so that nothing typed stays in its scrollback. What is typed ahead serves the next question.
 */
export function hiddenInput(input: Readable & TypedInput) {
  let ahead = '';
  return {
    /** @param echo told of what may be shown. @throws {InterruptedError} */
    async line(echo: (text: string) => void): Promise<string> {
      input.setRawMode(true);
      try {
        let typed = '';
        for (;;) {
          const chunk = ahead === '' ? await nextChunk(input) : ahead;
          ahead = '';
          for (const [index, character] of [...chunk].entries()) {
            if (character === '\r' || character === '\n') {
              ahead = [...chunk].slice(index + 1).join('');
              return typed;
            }
            if (character === '\u0003' || character === '\u0004') throw new InterruptedError();
            if (character === '\u007f' || character === '\b') {
              if (typed !== '') echo('\b \b');
              typed = [...typed].slice(0, -1).join('');
            } else if (character >= ' ') {
              typed += character;
              echo(character);
            }
          }
        }
      } finally {
        input.setRawMode(false);
      }
    },
  };
}

/** @throws {InterruptedError} the terminal is gone */
function nextChunk(input: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      input.off('data', onData).off('end', onEnd).pause();
      settle();
    };
    const onData = (chunk: Buffer) => done(() => resolve(chunk.toString('utf8')));
    const onEnd = () => done(() => reject(new InterruptedError()));
    input.on('data', onData).on('end', onEnd).resume();
  });
}
