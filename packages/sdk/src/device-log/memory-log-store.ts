import type { LogStore } from './device-log.ts';

/** Lines that live as long as the process. */
export function memoryLogStore(): LogStore {
  let kept: string[] = [];
  return {
    async append(text, limitBytes) {
      kept.push(text);
      while (kept.length > 1 && kept.join('').length > limitBytes) kept = kept.slice(1);
    },
    read: async () => kept.join(''),
  };
}
