import type { ParsedTransaction } from './parse-transaction.ts';

export const memoPrograms: readonly string[] = [
  'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
  'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo',
];

/** Memos of a transaction as histories show them (Agave, `extract_and_fmt_memos`): `[bytes] text; [bytes] text`. */
export function memoOf({ instructions, addresses }: ParsedTransaction): string | null {
  const memos = instructions
    .filter(({ programIdIndex }) => memoPrograms.includes(addresses[programIdIndex] ?? ''))
    .map(({ data }) => `[${data.length}] ${Buffer.from(data).toString('utf8')}`);
  return memos.length === 0 ? null : memos.join('; ');
}
