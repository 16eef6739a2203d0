import type { TeamMessage } from '@hexkey/contract';

/** A message of Team Hexkey as this device keeps it. */
export interface KeptTeamMessage {
  /** The same on every device of the account. */
  readonly id: string;
  readonly sentAtMs: number;
  /** Null for a kind that this version does not know: "update to read this". */
  readonly message: TeamMessage | null;
  readonly isRead: boolean;
}

/** Hexkey ID 7000: the server's own voice. Security notices, and codes for those whose recovery contact the owner is. */
export interface TeamHexkey {
  /** Oldest first, as kept on this device. */
  messages(): Promise<readonly KeptTeamMessage[]>;
  markAllRead(): Promise<void>;
  /** Called after a message has come or was read. @returns the unsubscriber */
  subscribe(listener: () => void): () => void;
  /**
   * Keeps this device connected while its session is full: publishes its HPKE key, takes messages in, and connects again after a loss.
   * @returns the end of it
   */
  connect(): () => void;
  /** For the notice "not connected". */
  readonly connection: 'off' | 'connecting' | 'live' | 'waiting';
}
