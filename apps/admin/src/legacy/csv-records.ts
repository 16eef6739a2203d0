/** A record with the number of the line it begins on; what cannot be read as one has no fields. */
export interface CsvRecord {
  readonly line: number;
  /** null: a quote out of place, or a record beyond the bound. */
  readonly fields: readonly string[] | null;
}

/** No name, number or hash is near it; a quote that is never closed ends here instead of filling the memory. */
const maxRecordLength = 8192;

/** The file is no text. Its message is for the operator. */
export class NotTextError extends Error {
  override readonly name = 'NotTextError';
}

/**
 * The records of a file as it is read, RFC 4180: fields with commas, quotes or line breaks stand in quotes, lines end with LF or CRLF. Empty
 * lines are left out. Holds one record at a time, whatever the size of the file.
 * @param bytes UTF-8, with or without a byte order mark
 * @throws {NotTextError}
 */
export async function* csvRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const reader = new RecordReader();
  for await (const text of textsOf(bytes)) for (const character of text) yield* reader.take(character);
  yield* reader.end();
}

async function* textsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const part of bytes) yield decoder.decode(part, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new NotTextError('the file is not UTF-8');
    throw error;
  }
}

class RecordReader {
  #line = 1;
  #beginsAt = 1;
  #fields: string[] = [];
  #field = '';
  #length = 0;
  /** `closed`: a quoted field whose closing quote was read, or the first of two quotes. */
  #state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  #broken = false;
  #sawReturn = false;

  *take(character: string): Generator<CsvRecord> {
    if (character === '\n') this.#line += 1;
    if (this.#state === 'quoted' && !this.#broken) {
      if (character === '"') this.#state = 'closed';
      else this.#add(character);
      return;
    }
    if (character === '\n') {
      this.#sawReturn = false;
      yield* this.end();
      this.#beginsAt = this.#line;
      return;
    }
    if (this.#sawReturn) this.#broken = true; // a CR inside a line
    this.#sawReturn = character === '\r';
    if (!this.#sawReturn) this.#takeInLine(character);
  }

  #takeInLine(character: string): void {
    if (character === ',') this.#endField();
    else if (character !== '"' && this.#state !== 'closed') {
      this.#state = 'plain';
      this.#add(character);
    } else if (character === '"' && this.#state === 'start') this.#state = 'quoted';
    else if (character === '"' && this.#state === 'closed') {
      this.#state = 'quoted';
      this.#add(character);
    } else this.#broken = true;
  }

  #add(character: string): void {
    this.#length += character.length;
    if (this.#length > maxRecordLength) {
      this.#broken = true;
      this.#field = '';
    } else this.#field += character;
  }

  #endField(): void {
    this.#length += 1;
    if (this.#length <= maxRecordLength) this.#fields.push(this.#field);
    this.#field = '';
    this.#state = 'start';
  }

  *end(): Generator<CsvRecord> {
    const isEmpty =
      this.#fields.length === 0 && this.#field === '' && this.#state === 'start' && !this.#broken;
    const isWhole = !this.#broken && this.#state !== 'quoted' && this.#length <= maxRecordLength;
    this.#endField();
    if (!isEmpty) yield { line: this.#beginsAt, fields: isWhole ? this.#fields : null };
    this.#fields = [];
    this.#length = 0;
    this.#broken = false;
  }
}
