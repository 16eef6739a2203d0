import { parseTeamMessage } from '@hexkey/contract';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

const Header = Type.Object({ id: Type.String(), sentAtMs: Type.Integer({ minimum: 0 }) });

/**
 * When and under which id a signed text is kept. A kind that this version does not know is kept all the same: the next version reads it.
 * @returns null for a text that no version of Team Hexkey writes
 */
export function headerOf(text: string): { readonly id: string; readonly sentAtMs: number } | null {
  const message = parseTeamMessage(text);
  if (message !== null) return { id: message.id, sentAtMs: message.sentAtMs };
  const document = parsed(text);
  return Value.Check(Header, document) ? { id: document.id, sentAtMs: document.sentAtMs } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one more form that nobody writes.
    return null;
  }
}
