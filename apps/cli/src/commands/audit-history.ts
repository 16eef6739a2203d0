import { readFileSync } from 'node:fs';
import { type AuditedNode, auditPinHistory, type PinHistoryAudit } from '@hexkey/sdk';
import type { OfflineContext, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { sayTime } from './say-time.ts';

/** Verifies a file of `pin export` with nothing but the operator's key. */
export function auditHistory({ parameters: [path = ''], operatorKey }: OfflineContext): Report {
  const audit = auditPinHistory(readText(path), operatorKey());
  return { value: audit, lines: sayAudit(audit), isBad: !audit.isSound };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new UsageError('The file cannot be read.');
    throw error;
  }
}

function sayAudit({ accountId, exportedAtMs, nodes, events, isSound }: PinHistoryAudit): readonly string[] {
  return [
    `Account ${accountId}, exported ${sayTime(exportedAtMs)}`,
    ...nodes.map(sayNode),
    ...events.map(
      ({ atMs, kind, operation, device, nodes: tellers }) =>
        `  ${sayTime(atMs)}  ${kind.padEnd(8)}  ${operation.padEnd(10)}  ${device ?? 'the node itself'}, ${tellers.length} nodes`,
    ),
    isSound
      ? 'Sound: every history that is there follows to the head its node signed.'
      : 'NOT SOUND: see the nodes above.',
  ];
}

function sayNode({ name, operator, verdict, entries, conflicts }: AuditedNode): string {
  const proof = conflicts.some(({ convicting }) => convicting) ? ', PROVEN to have told two histories' : '';
  const doubt = proof === '' && conflicts.length > 0 ? ', shorter than it was' : '';
  return `  ${name} (${operator}): ${verdict}, ${entries} entries${proof}${doubt}`;
}
