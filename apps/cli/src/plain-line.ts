/**
 * A line with what others wrote in it, as it may be printed: nothing in it moves the cursor (ECMA-48), begins another line, or turns the
 * direction of what stands around it (Unicode UAX #9). What joins letters and emoji stays.
 */
export const plainLine = (line: string): string =>
  line.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ');
