import { readMessage } from '../mls/message-bytes.ts';

export interface WelcomeSummary {
  /** How many devices it lets in. */
  readonly count: number;
}

/** @param bytes MLSMessage with a Welcome. @returns null for anything else */
export function readWelcome(bytes: Uint8Array): WelcomeSummary | null {
  const welcome = readMessage(bytes, 'mls_welcome')?.welcome;
  return welcome === undefined ? null : { count: welcome.secrets.length };
}
