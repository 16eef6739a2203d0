/** Where one seat of a part is asked whether it serves, and how people call it. */
export interface Seat {
  /** `node-3`; in the table. */
  readonly name: string;
  /** How it is reached; in the table. */
  readonly address: string;
  /** Answers 200 when it serves. */
  readonly healthUrl: string;
}

/** A program of Hexkey that runs as a process of its own. */
export interface Part {
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  /** All it is told: its settings, and nothing of the other parts. */
  readonly env: Readonly<Record<string, string>>;
  /** One; several where one process serves several nodes. */
  readonly seats: readonly Seat[];
}
