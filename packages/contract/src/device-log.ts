/**
 * One line of a device's own log: `TIME EVENT WORDS`. Its grammar has no place for free text, for a name or an identifier, and no run of
 * digits is as long as a PIN: the time has points in it, a code has five digits and a duration at most five (ADR 77).
 *
 * `2026-11-28T20:45:12.345Z call requestPhoneCode 20110 132ms`
 */
export const deviceLogLine =
  '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z (?:start (?:web|cli)/\\d{1,5}\\.\\d{1,5}\\.\\d{1,5}|page /[A-Za-z$/-]{0,80}|place [a-z-]{1,20}|call [A-Za-z]{1,40} (?:ok|failed|\\d{3,5}) \\d{1,5}ms|bug [A-Za-z]{1,40})$';

/** The newest lines that support is sent; a file may hold more. */
export const maxSentLogLines = 7_000;
