/** A stretch of a message: plain, or an address that can be opened. */
export type TextPart =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'link'; readonly text: string; readonly href: string };

const address = /https:\/\/[^\s<>"'“”「」『』，。！？；：、（）]+/giu;
/** What ends a sentence rather than an address. */
const trailing = /[.,;:!?*_~)\]}]+$/;

/**
 * The addresses in a text, and the text around them, whole: the parts joined are the text. Only `https:` becomes a link, and one
 * that names a user before its host does not: it shows one host and opens another.
 */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const tidy = withoutTrailing(found);
    const href = hrefOf(tidy);
    if (href === null) continue;
    if (index > at) parts.push({ is: 'text', text: text.slice(at, index) });
    parts.push({ is: 'link', text: tidy, href });
    at = index + tidy.length;
  }
  if (at < text.length) parts.push({ is: 'text', text: text.slice(at) });
  return parts;
}

/** A closing bracket belongs to the address when it was opened in it. */
function withoutTrailing(found: string): string {
  const end = trailing.exec(found)?.[0] ?? '';
  if (end.startsWith(')') && found.includes('(')) return found.slice(0, found.length - end.length + 1);
  return found.slice(0, found.length - end.length);
}

function hrefOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}
