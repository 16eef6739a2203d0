/**
 * A few digits that stand alone: part of no longer number, identifier or base64url text. A four-digit code is found by
 * chance inside a time or an identifier of some log line, but never alone there, unless somebody wrote it down.
 */
export function standingAlone(digits: string): RegExp {
  return new RegExp(`(?<![\\w.-])${digits}(?![\\w-]|\\.\\w)`);
}

/** A line of the log without the fields that the logger itself adds: when, by which process on which machine, how long it took. */
export function withoutClock(line: string): string {
  return line.replace(/"(?:time|pid|ms|hostname)":(?:[0-9.]+|"[^"]*")/g, '');
}
