/** Letters before what was found, so that it is seen in a line. */
const lead = 24;

/** A text from a little before the first word that is searched for; from its beginning when that is near or not there. */
export function excerptAround(text: string, searched: string): string {
  const [word = ''] = searched.trim().toLowerCase().split(/\s+/u);
  const at = text.toLowerCase().indexOf(word);
  if (at <= lead) return text;
  return `…${text.slice(at - lead)}`;
}
