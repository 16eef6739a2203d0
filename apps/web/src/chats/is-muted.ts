import type { ChatSummary } from '@hexkey/sdk';

export const isMuted = ({ mutedUntilMs }: ChatSummary, nowMs: number) =>
  mutedUntilMs !== null && mutedUntilMs > nowMs;
