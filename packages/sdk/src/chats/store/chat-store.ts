/** One row; its value is sealed (`chat-book.ts`), its key is not and says nothing but ids and times. */
export interface ChatRow {
  readonly key: string;
  readonly value: Uint8Array<ArrayBuffer>;
}

/** One row of a write; `value` null deletes it. */
export interface ChatRowChange {
  readonly key: string;
  readonly value: Uint8Array<ArrayBuffer> | null;
}

export interface ChatRange {
  /** Only rows whose key begins with it. */
  readonly prefix: string;
  /** Only rows whose key is smaller than it. */
  readonly before?: string;
  /** From the largest key down, instead of from the smallest up. */
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

/**
 * Where one account's conversations rest on this device: rows of bytes, in the order of their keys' UTF-16 code units. Pages share
 * it, so a write names the revision it was decided at and does not happen once another page has written.
 * @throws {DomainError} `StorageUnavailable` from every method
 */
export interface ChatStore {
  /** Rises with every write; 0 before the first. */
  revision(): Promise<number>;
  get(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
  list(range: ChatRange): Promise<readonly ChatRow[]>;
  /**
   * All of it or nothing, and durable before it resolves.
   * @returns false, with nothing written, when the revision is another by now
   */
  write(changes: readonly ChatRowChange[], atRevision: number): Promise<boolean>;
  /** The key that seals the rows: the one that is kept, or else `fresh`, kept from now on. */
  sealingKey(fresh: CryptoKey): Promise<CryptoKey>;
  close(): Promise<void>;
}
