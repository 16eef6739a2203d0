/** Unicode Technical Standard 51: a pictograph, a flag of two regional indicators, or a keycap. */
const emojiForm = /^(?:\p{Extended_Pictographic}|\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3)/u;

/** The emoji in what was typed, when it is exactly one; null otherwise. */
export function oneEmoji(typed: string): string | null {
  const text = typed.trim();
  const clusters = [...new Intl.Segmenter().segment(text)];
  return clusters.length === 1 && emojiForm.test(text) ? text : null;
}
