import type { Clock } from '@hexkey/protocol';
import type { DeviceLog, LogStore } from './device-log.ts';
import { lineOfEvent } from './line-of-event.ts';

/** Of whoever has not shown a PIN here. */
const limitBeforeBytes = 256 * 1024;
const limitAfterBytes = 5 * 1024 * 1024;

/** A ring of lines: the oldest go when it is full. Where nothing can be stored the log is missing, and everything else works. */
export function createDeviceLog({ clock, store }: { clock: Clock; store: LogStore }): DeviceLog {
  let waiting: string[] = [];
  let writing: Promise<void> | null = null;
  // Until it is known where this device stands nothing of the larger log is dropped.
  let limitBytes = limitAfterBytes;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      // A store that is switched off or full takes no log; that must not stop what is logged.
      await store.append(lines.map((line) => `${line}\n`).join(''), limitBytes).catch(() => undefined);
    }
    writing = null;
  }

  return {
    note(event) {
      if (event.event === 'place') limitBytes = event.place === 'home' ? limitAfterBytes : limitBeforeBytes;
      const line = lineOfEvent(event, clock.now());
      if (line === null) return;
      waiting.push(line);
      writing ??= write();
    },
    async lines() {
      await writing;
      return (await store.read()).split('\n').filter((line) => line !== '');
    },
  };
}
