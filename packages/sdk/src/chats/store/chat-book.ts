import { type Random, textOf, utf8 } from '@hexkey/protocol';
import type { Engine } from '../../storage/engine.ts';
import type { ChatRange, ChatStore } from './chat-store.ts';
import { type RowSource, type Rows, rememberRows } from './row-memory.ts';

/** What is kept of conversations, as JSON values by key. */
export interface ChatReader {
  get<T>(key: string): Promise<T | null>;
  list<T>(range: ChatRange): Promise<readonly { readonly key: string; readonly value: T }[]>;
}

/** Reads what it has written. */
export interface ChatWriter extends ChatReader {
  put(key: string, value: unknown): void;
  delete(key: string): void;
}

export interface ChatBook extends ChatReader {
  /** Rows as they are in the store, past what is remembered: for who goes through more than pages show. */
  readonly past: Pick<ChatReader, 'list'>;
  /**
   * One step: what it writes happens wholly or not at all, over what it has read. Begins anew when another page wrote meanwhile, so it
   * does nothing but read and write.
   */
  change<T>(step: (writer: ChatWriter) => Promise<T>): Promise<T>;
  /** Rows of bytes that their writer has sealed: of files, one piece each. They go as other rows do. */
  readonly bytes: {
    get(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
    put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  };
  close(): Promise<void>;
}

interface BookDeps {
  readonly engine: Engine;
  readonly random: Random;
}

/**
 * Conversations at rest: each row sealed with AES-256-GCM (NIST SP 800-38D) under a key that the engine uses and does not export, with a
 * random nonce, and bound to its key, so that no row can take the place of another.
 */
export async function openChatBook(store: ChatStore, { engine, random }: BookDeps): Promise<ChatBook> {
  const algorithm = { name: 'AES-GCM', length: 256 };
  const fresh = (await engine.generateKey(algorithm, false, ['encrypt', 'decrypt'])) as CryptoKey;
  const key = await store.sealingKey(fresh);

  async function seal(name: string, value: unknown): Promise<Uint8Array<ArrayBuffer>> {
    const iv = random(12);
    const sealed = await engine.encrypt(
      { name: 'AES-GCM', iv, additionalData: utf8(name) },
      key,
      utf8(JSON.stringify(value)),
    );
    const row = new Uint8Array(iv.length + sealed.byteLength);
    row.set(iv);
    row.set(new Uint8Array(sealed), iv.length);
    return row;
  }

  async function open(name: string, row: Uint8Array<ArrayBuffer>): Promise<unknown> {
    const iv = row.slice(0, 12);
    const plain = await engine.decrypt(
      { name: 'AES-GCM', iv, additionalData: utf8(name) },
      key,
      row.slice(12),
    );
    return JSON.parse(textOf(new Uint8Array(plain)));
  }

  const source: RowSource = {
    revision: store.revision,
    async get(name) {
      const row = await store.get(name);
      return row === null ? null : open(name, row);
    },
    async list(range, known) {
      const rows = await store.list(range);
      return Promise.all(
        rows.map(async ({ key: name, value }) => ({
          key: name,
          value: await (known(name) ?? open(name, value)),
        })),
      );
    },
  };
  const memory = rememberRows(source);

  // Written by `seal` alone, under a key of this device: what opens has the type it was written with.
  const reader = ({ get, list }: Rows): ChatReader => ({
    get: async <T>(name: string) => (await get(name)) as T | null,
    list: async <T>(range: ChatRange) =>
      (await list(range)) as readonly { readonly key: string; readonly value: T }[],
  });
  // What another page writes meanwhile keeps a step from being written.
  const known = reader(memory.known);

  async function tryOnce<T>(step: (writer: ChatWriter) => Promise<T>): Promise<{ result: T } | null> {
    const revision = await memory.revision();
    const written = new Map<string, unknown>();
    const result = await step({
      get: async <V>(name: string) =>
        written.has(name) ? (written.get(name) as V | null) : known.get<V>(name),
      list: async <V>(range: ChatRange) => withWritten<V>(await known.list<V>(range), range, written),
      put: (name, value) => void written.set(name, value),
      delete: (name) => void written.set(name, null),
    });
    if (written.size === 0) return { result };
    const changes = await Promise.all(
      [...written].map(async ([name, value]) => ({
        key: name,
        value: value === null ? null : await seal(name, value),
      })),
    );
    if (!(await store.write(changes, revision))) return null;
    memory.written(revision, asRead(written));
    return { result };
  }

  return {
    ...reader(memory.now),
    past: reader({ get: source.get, list: (range) => source.list(range, () => undefined) }),
    async change(step) {
      for (;;) {
        const done = await tryOnce(step);
        if (done !== null) return done.result;
      }
    },
    bytes: {
      get: (name) => store.get(name),
      async put(name, value) {
        for (;;) {
          const revision = await memory.revision();
          if (!(await store.write([{ key: name, value }], revision))) continue;
          memory.written(revision, new Map());
          return;
        }
      },
    },
    close: store.close,
  };
}

/** Values as whoever reads the rows gets them. */
function asRead(written: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  return new Map([...written].map(([name, value]) => [name, JSON.parse(JSON.stringify(value))]));
}

/** Rows as they are once what was written is there. A limit cuts off before it: a step that deletes may get fewer. */
function withWritten<T>(
  rows: readonly { readonly key: string; readonly value: T }[],
  { prefix, before, newestFirst = false, limit }: ChatRange,
  written: ReadonlyMap<string, unknown>,
): readonly { readonly key: string; readonly value: T }[] {
  const all = new Map(rows.map(({ key, value }) => [key, value]));
  for (const [key, value] of written) {
    if (!key.startsWith(prefix) || (before !== undefined && key >= before)) continue;
    if (value === null) all.delete(key);
    else all.set(key, value as T);
  }
  const sorted = [...all].sort(([left], [right]) => (left < right === newestFirst ? 1 : -1));
  return sorted.slice(0, limit).map(([key, value]) => ({ key, value }));
}
