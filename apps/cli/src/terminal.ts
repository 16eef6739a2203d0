import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Secret } from '@hexkey/protocol';
import { hiddenInput, type TypedInput } from './hidden-input.ts';
import { UsageError } from './usage-error.ts';

/** The one place that prints and asks. Results go to standard output, everything else to standard error. */
export interface Terminal {
  /** Somebody sits there who can be asked. */
  readonly isInteractive: boolean;
  print(text: string): void;
  note(text: string): void;
  /** One line that is replaced; null removes it. Nothing unless somebody sits there. */
  progress(text: string | null): void;
  /** @throws {UsageError} nobody sits there and standard input may not be read, or has ended */
  ask(question: string): Promise<string>;
  /** What is typed is not shown. @throws {UsageError} as `ask` */
  askSecret(question: string): Promise<Secret<string>>;
  /** Whether the answer is yes. @param instead what to pass when nobody can be asked. @throws {UsageError} */
  confirm(question: string, instead: string): Promise<boolean>;
}

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Streams {
  readonly input: Readable & Partial<TypedInput>;
  readonly output: Output;
  readonly errors: Output;
}

/** @param answersFromInput answers are lines of standard input, whoever sits there */
export function createTerminal({ input, output, errors }: Streams, answersFromInput: boolean): Terminal {
  const isInteractive = !answersFromInput && input.isTTY === true && errors.isTTY === true;
  const lines = answersFromInput ? createInterface({ input })[Symbol.asyncIterator]() : null;
  const typed = isInteractive ? hiddenInput(input as Readable & TypedInput) : null;
  const note = (text: string) => void errors.write(`${text}\n`);

  async function answer(question: string, show: boolean): Promise<string> {
    if (lines !== null) {
      const { value, done } = await lines.next();
      if (done) throw new UsageError(`Standard input has ended before this was answered: ${question}`);
      return value;
    }
    if (typed === null)
      throw new UsageError(`Nobody can be asked here: ${question} Use a terminal, or --pin-stdin.`);
    errors.write(`${question} `);
    const line = await typed.line(show ? (text) => errors.write(text) : () => undefined);
    errors.write('\n');
    return line;
  }

  return {
    isInteractive,
    print: (text) => void output.write(`${text}\n`),
    note,
    progress(text) {
      // ECMA-48: to the start of the line, then erase to its end.
      if (isInteractive) errors.write(`\r\u001b[K${text ?? ''}`);
    },
    ask: (question) => answer(question, true),
    askSecret: async (question) => new Secret(await answer(question, false)),
    async confirm(question, instead) {
      if (!isInteractive) throw new UsageError(`Nobody can be asked here: ${question} ${instead}`);
      return /^y(es)?$/i.test((await answer(`${question} [y/N]`, true)).trim());
    },
  };
}
