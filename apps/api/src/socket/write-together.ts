import type { Duplex } from 'node:stream';

/**
 * What is sent to one socket in one turn leaves in one write: a write is a call of the kernel, which costs more than everything else about a
 * message. Nothing waits for it but the rest of the turn, the answers of a batch that has just become durable.
 * @returns to be called before each send
 */
export function writeTogether(stream: Pick<Duplex, 'cork' | 'uncork'>): () => void {
  let isOpen = false;
  return () => {
    if (isOpen) return;
    isOpen = true;
    stream.cork();
    process.nextTick(() => {
      isOpen = false;
      stream.uncork();
    });
  };
}
