import { DomainError } from '@hexkey/contract';
import { endDue } from '../desk/end-due.ts';
import { nextEndingMs } from '../state/ending-record.ts';
import type { Engine } from './engine.ts';

/** Clocks of browsers wake a little early at times. */
const slackMs = 50;

/** Messages that disappear go when their time has come, looked at or not. @returns looks when the next one does; to be called after each change */
export function watchEndings({ book, client, changed, signal }: Omit<Engine, 'wire' | 'wake'>): () => void {
  const { deps } = client;
  let waitsUntilMs = Number.POSITIVE_INFINITY;

  async function look(): Promise<void> {
    try {
      await endDue({ book, client, changed });
      const next = await nextEndingMs(book);
      if (next === null || next >= waitsUntilMs || deps.socket === undefined) return;
      waitsUntilMs = next;
      await deps.socket.wait(next - deps.clock.now() + slackMs, signal);
      if (waitsUntilMs === next) waitsUntilMs = Number.POSITIVE_INFINITY;
      if (!signal.aborted && deps.clock.now() >= next) await look();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  return () => client.background(look());
}
