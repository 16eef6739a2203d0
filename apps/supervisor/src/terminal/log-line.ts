const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const known = new Set(['level', 'time', 'pid', 'hostname', 'part', 'name', 'msg']);
const partColours = [36, 35, 34, 32, 33, 96, 95, 94, 92, 93];

/** Puts text in an ANSI colour (ECMA-48 SGR), or leaves it. */
export type Paint = (code: number, text: string) => string;
export const paintFor =
  (colours: boolean): Paint =>
  (code, text) =>
    colours ? `\u001b[${code}m${text}\u001b[0m` : text;

/** A colour of its own for each part, the same in every run. */
export function colourOf(partIndex: number): number {
  return partColours[partIndex % partColours.length] as number;
}

/**
 * One line of a part's log as people read it: JSON becomes `part level message key=value`, anything else stays as it is.
 * @param prefix the part's name, padded and painted
 */
export function logLine(prefix: string, line: string, paint: Paint): string {
  const entry = parseEntry(line);
  if (entry === null) return `${prefix} ${line}`;
  const level = levels[Number(entry.level)] ?? 'info';
  const painted = level === 'info' ? level : paint(level === 'warn' ? 33 : 31, level);
  const rest = Object.entries(entry)
    .filter(([key]) => !known.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [prefix, painted, String(entry.msg ?? ''), paint(2, rest.join(' '))]
    .filter(Boolean)
    .join(' ')
    .trimEnd();
}

function parseEntry(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
