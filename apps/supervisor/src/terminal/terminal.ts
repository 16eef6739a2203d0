import type { Part } from '../parts/part.ts';
import { colourOf, logLine, paintFor } from './log-line.ts';
import { table } from './table.ts';

/** The only room that prints. */
export interface Terminal {
  /** The parts there are: fixes the colour and the width of their prefixes. */
  name(parts: readonly string[]): void;
  /** A line of a part's log. */
  log(part: Part, line: string): void;
  /** What the supervisor itself does. */
  say(text: string): void;
  warn(text: string): void;
  /** A line as it is. */
  print(text: string): void;
  table(heading: readonly string[], rows: readonly (readonly string[])[]): void;
}

const own = 'supervisor';

export function terminalOn(write: (text: string) => void, colours: boolean): Terminal {
  const paint = paintFor(colours);
  let names: readonly string[] = [];
  const prefix = (name: string) => {
    const width = Math.max(own.length, ...names.map((each) => each.length));
    return paint(name === own ? 1 : colourOf(names.indexOf(name)), name.padEnd(width));
  };
  const print = (text: string) => write(`${text}\n`);
  return {
    name: (parts) => {
      names = parts;
    },
    log: (part, line) => print(logLine(prefix(part.name), line, paint)),
    say: (text) => print(`${prefix(own)} ${text}`),
    warn: (text) => print(`${prefix(own)} ${paint(33, text)}`),
    print,
    table: (heading, rows) => print(`\n${table(heading, rows)}\n`),
  };
}
