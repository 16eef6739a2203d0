import { deviceLogLine } from '@hexkey/contract';
import type { DeviceEvent } from './device-log.ts';

const form = new RegExp(deviceLogLine);

/**
 * An event as a line of the log; null when it does not fit the grammar. That is the redaction: what could hold a PIN, words, a number, a
 * code or a key has no place in a line, whoever passes it.
 */
export function lineOfEvent(event: DeviceEvent, nowMs: number): string | null {
  const line = `${new Date(nowMs).toISOString()} ${event.event} ${wordsOf(event)}`;
  return form.test(line) ? line : null;
}

function wordsOf(event: DeviceEvent): string {
  switch (event.event) {
    case 'start':
      return event.client;
    case 'page':
      return event.page;
    case 'place':
      return event.place;
    case 'bug':
      return event.name;
    case 'call':
      return `${event.route} ${event.outcome} ${Math.min(99_999, Math.max(0, Math.round(event.ms)))}ms`;
  }
}
