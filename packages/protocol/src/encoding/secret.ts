/**
 * A value that must not be printed: PIN, S_pin, entropy, words, keys, codes. Every way of turning it into text gives
 * `[redacted]`; `reveal` is the one way in, so uses can be searched for.
 */
export class Secret<T> {
  readonly #value: T;
  constructor(value: T) {
    this.#value = value;
  }
  reveal(): T {
    return this.#value;
  }
  toString(): string {
    return '[redacted]';
  }
  toJSON(): string {
    return '[redacted]';
  }
  get [Symbol.toStringTag](): string {
    return 'redacted';
  }
  /** Node's `util.inspect`, which loggers and assertion errors use. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]';
  }
}
