/** Where an error was thrown, without its message: a driver's message may quote a value, and logs hold none. */
export function framesOf({ stack }: Error): readonly string[] {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}
