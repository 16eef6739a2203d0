import type { ChatSummary } from '@hexkey/sdk';
import { expect, test } from 'vitest';
import { isOpenRequest } from './is-open-request.ts';

test('a request is open until it is taken, or its sender is blocked', () => {
  const chat = (isRequest: boolean, obstacle: ChatSummary['obstacle']) =>
    ({ isRequest, obstacle }) as ChatSummary;
  expect(isOpenRequest(chat(true, null))).toBe(true);
  expect(isOpenRequest(chat(true, 'joining'))).toBe(true);
  expect(isOpenRequest(chat(true, 'blocked'))).toBe(false);
  expect(isOpenRequest(chat(false, null))).toBe(false);
});
