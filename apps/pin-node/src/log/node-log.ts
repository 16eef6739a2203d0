import type { EraseRequest, MoveRequest, NodeRequest, WalletRequest } from '@hexkey/protocol';
import pino, { type DestinationStream } from 'pino';
import type { ClockState } from '../clock/clock-state.ts';

/**
 * All a node can say. There is no method that takes a body, a token, a user or a free text, so none can be logged.
 */
export interface NodeLog {
  listening(at: {
    readonly host: string;
    readonly port: number;
    readonly metricsPort: number | null;
    readonly realmId: string;
  }): void;
  answered(request: {
    readonly kind: (EraseRequest | MoveRequest | NodeRequest | WalletRequest)['kind'] | null;
    readonly status: number;
  }): void;
  clockStopped(reason: NonNullable<ClockState['stopped']>): void;
  restored(): void;
  /** A bug. Its message is ours or the platform's; the input that led to it is not part of it. */
  failed(error: unknown): void;
  draining(): void;
  stopped(): void;
}

/**
 * JSON lines.
 * @param level pino's; requests are told at `debug`
 * @param destination standard output, except in tests
 */
export function pinoNodeLog(
  name: string,
  level: string,
  destination: DestinationStream = pino.destination(1),
): NodeLog {
  const log = pino({ level, base: { part: 'pin-node', name } }, destination);
  return {
    listening: (at) => log.info(at, 'listening'),
    answered: (request) => {
      if (request.status >= 500) log.warn(request, 'answered');
      else log.debug(request, 'answered');
    },
    clockStopped: (reason) =>
      log.error({ reason }, 'PIN service stopped: check the clock, then run confirm-clock'),
    restored: () =>
      log.warn('the database is an older copy: every bucket counts as used up, owners will see a restore'),
    failed: (error) =>
      log.error(
        { error: error instanceof Error ? error.name : typeof error, stack: stackOf(error) },
        'failed',
      ),
    draining: () => log.info('draining'),
    stopped: () => log.info('stopped'),
  };
}

/** Where it happened, without the message: a library's message may quote its input. */
function stackOf(error: unknown): string | null {
  if (!(error instanceof Error) || error.stack === undefined) return null;
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

export const silentNodeLog: NodeLog = {
  listening() {},
  answered() {},
  clockStopped() {},
  restored() {},
  failed() {},
  draining() {},
  stopped() {},
};
