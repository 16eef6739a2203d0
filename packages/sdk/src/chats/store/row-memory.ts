import type { ChatRange } from './chat-store.ts';

/** A row that was read. Nobody changes its value. */
export interface KnownRow {
  readonly key: string;
  readonly value: unknown;
}

/** Where rows come from when they are not known. */
export interface RowSource {
  /** Rises with every write, of whichever page. */
  revision(): Promise<number>;
  get(key: string): Promise<unknown>;
  /** @param known a row's value, when it is known already */
  list(range: ChatRange, known: (key: string) => Promise<unknown> | undefined): Promise<readonly KnownRow[]>;
}

export interface Rows {
  get(key: string): Promise<unknown>;
  list(range: ChatRange): Promise<readonly KnownRow[]>;
}

/** Rows that were read, for as long as no page has written since. */
export interface RowMemory {
  /** Resolves to the revision of now. Whoever asks while one question is on its way shares the next one. */
  revision(): Promise<number>;
  /** As it was at the revision of now, or later. */
  readonly now: Rows;
  /** As it was at the revision that was asked for last, or later: for those who find out when they write. */
  readonly known: Rows;
  /** This page has written, over what it had read at that revision. @param rows null: deleted */
  written(atRevision: number, rows: ReadonlyMap<string, unknown>): void;
}

/** More than a page of each of twenty conversations. */
const mostRows = 2000;

/**
 * What a page shows of conversations is read over and over, and read and unsealed once for each revision. A revision is asked for before every
 * answer, so that what another page wrote before the question is in it.
 */
export function rememberRows(source: RowSource): RowMemory {
  let knownAt = -1;
  let rows = new Map<string, Promise<unknown>>();
  let lists = new Map<string, Promise<readonly KnownRow[]>>();
  let asking: Promise<unknown> = Promise.resolve();
  let next: Promise<number> | null = null;

  function forget(): void {
    rows = new Map();
    lists = new Map();
  }

  function revision(): Promise<number> {
    next ??= asking.then(async () => {
      next = null;
      const question = source.revision();
      // One that fails is told to those who asked it, and keeps nobody from asking again.
      asking = question.catch(() => undefined);
      const now = await question;
      if (now > knownAt) {
        forget();
        knownAt = now;
      }
      return now;
    });
    return next;
  }

  function remember<Value>(
    there: Map<string, Promise<Value>>,
    name: string,
    load: () => Promise<Value>,
  ): Promise<Value> {
    const before = there.get(name);
    if (before !== undefined) return before;
    const loading = load();
    there.set(name, loading);
    // What could not be read is tried again by the next who asks; this one is told.
    loading.catch(() => there.get(name) === loading && there.delete(name));
    return loading;
  }

  async function list(range: ChatRange): Promise<readonly KnownRow[]> {
    const of = rows;
    const found = await source.list(range, (key) => of.get(key));
    // Not emptied: what was written since is newer than what was found.
    if (of.size + found.length > mostRows) forget();
    else for (const { key, value } of found) if (!of.has(key)) of.set(key, Promise.resolve(value));
    // One that this page deleted while it was being read.
    return found.filter(({ value }) => value !== null);
  }

  const known: Rows = {
    get: (key) => remember(rows, key, () => source.get(key)),
    list: (range) => remember(lists, JSON.stringify(range), () => list(range)),
  };

  return {
    revision,
    known,
    now: {
      async get(key) {
        await revision();
        return known.get(key);
      },
      async list(range) {
        await revision();
        return known.list(range);
      },
    },
    written(atRevision, changes) {
      if (knownAt !== atRevision) return forget();
      knownAt = atRevision + 1;
      for (const [key, value] of changes) rows.set(key, Promise.resolve(value));
      for (const name of [...lists.keys()]) {
        const { prefix } = JSON.parse(name) as ChatRange;
        if ([...changes.keys()].some((key) => key.startsWith(prefix))) lists.delete(name);
      }
    },
  };
}
