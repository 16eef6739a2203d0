import type { ChatSummary } from '@hexkey/sdk';

/** Somebody waits for an answer; whoever is blocked does not any more. */
export const isOpenRequest = ({ isRequest, obstacle }: ChatSummary) => isRequest && obstacle !== 'blocked';
