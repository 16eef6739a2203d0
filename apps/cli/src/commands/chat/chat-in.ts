import { UsageError } from '../../usage-error.ts';

const uuid = /^[0-9a-f-]{36}$/;

/** @throws {UsageError} */
export function chatIn([chatId = '']: readonly string[]): string {
  if (!uuid.test(chatId))
    throw new UsageError('CHAT is the id that `hexkey chat` lists under each conversation.');
  return chatId;
}

/** @throws {UsageError} */
export function messageIn(parameters: readonly string[]): { readonly chatId: string; readonly id: string } {
  const chatId = chatIn(parameters);
  const [, id = ''] = parameters;
  if (!uuid.test(id))
    throw new UsageError('MESSAGE is the id that `hexkey chat read CHAT --ids` prints after each message.');
  return { chatId, id };
}
