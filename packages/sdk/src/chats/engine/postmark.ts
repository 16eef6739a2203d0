/** What only the server says about an envelope; who sent a message is for MLS to say. */
export interface Postmark {
  readonly sentAtMs: number;
  /** The server's word: for what could not be opened. */
  readonly senderAccount: string | null;
}

/** Where the postmark of an envelope waits that came before its epoch. */
export const arrivedKey = (envelopeId: string) => `arrived/${envelopeId}`;
