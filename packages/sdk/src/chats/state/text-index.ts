import type { ChatId } from '../chats.ts';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';

/** What is found of one message. */
export interface FoundText {
  readonly id: string;
  readonly sentAtMs: number;
  /** Folded, as `foldText` does. */
  readonly text: string;
}

/** A message as far as searching goes. */
interface Placed {
  readonly chatId: ChatId;
  readonly id: string;
  readonly sentAtMs: number;
  readonly arrival: number;
}

/**
 * Texts lie together in sealed rows, by the order in which they came, so that 100 000 messages are searched by opening some 1500 rows. Nothing
 * of them is in a key (ADR 97).
 */
const textsInARow = 64;
/** Rows that are read at once: their keys have all but the last two digits in common. */
const rowsAtOnce = 100;
const rowNumber = (arrival: number) => String(Math.floor(arrival / textsInARow)).padStart(15, '0');
const textPrefix = (chatId: ChatId) => `text/${chatId}/`;
const keyOf = ({ chatId, arrival }: Pick<Placed, 'chatId' | 'arrival'>) =>
  textPrefix(chatId) + rowNumber(arrival);

/** Letters that look alike or differ in case are the same to who searches. */
export const foldText = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ');

/** One message a line: id, time, text. A row is one string: most hold nothing that is searched for, and are not taken apart. */
const linesOf = (row: string) => (row === '' ? [] : row.split('\n'));

function readLine(line: string): FoundText {
  const [id = '', sentAtMs = ''] = line.split(' ', 2);
  return { id, sentAtMs: Number(sentAtMs), text: line.slice(id.length + sentAtMs.length + 2) };
}

/** Keeps what is found of a message, in the place of what was found of it before. @param text null: nothing */
export async function keepText(rows: ChatWriter, placed: Placed, text: string | null): Promise<void> {
  const key = keyOf(placed);
  const before = linesOf((await rows.get<string>(key)) ?? '');
  const others = before.filter((line) => !line.startsWith(`${placed.id} `));
  if (text === null && others.length === before.length) return;
  const now = text === null ? others : [...others, `${placed.id} ${placed.sentAtMs} ${foldText(text)}`];
  if (now.length === 0) rows.delete(key);
  else rows.put(key, now.join('\n'));
}

export async function dropTexts(rows: ChatWriter, chatId: ChatId): Promise<void> {
  for (const { key } of await rows.list({ prefix: textPrefix(chatId) })) rows.delete(key);
}

/**
 * Messages that hold all words, what came last first; looks no further back than it takes to find enough.
 * @param rows reads past the memory of rows
 * @param arrivals how many messages have come there
 * @param words folded
 */
export async function findTexts(
  rows: Pick<ChatReader, 'list'>,
  { chatId, arrivals }: { readonly chatId: ChatId; readonly arrivals: number },
  words: readonly string[],
  limit: number,
): Promise<readonly FoundText[]> {
  const found: FoundText[] = [];
  const holdAll = (text: string) => words.every((word) => text.includes(word));
  const last = Math.floor(arrivals / textsInARow / rowsAtOnce);
  for (let block = last; block >= 0 && found.length < limit; block -= 1) {
    const prefix = textPrefix(chatId) + rowNumber(block * rowsAtOnce * textsInARow).slice(0, -2);
    for (const { value: row } of await rows.list<string>({ prefix })) {
      if (!holdAll(row)) continue;
      found.push(
        ...linesOf(row)
          .map(readLine)
          .filter(({ text }) => holdAll(text)),
      );
    }
  }
  return found.sort((left, right) => right.sentAtMs - left.sentAtMs).slice(0, limit);
}
