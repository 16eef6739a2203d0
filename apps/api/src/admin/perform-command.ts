import {
  type AdminAnswer,
  type AdminCommandName,
  type AdminInput,
  DomainError,
  type ErrorName,
  isLocalOnly,
  type LegacyRow,
} from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import type { AdminHandlers } from './admin-handlers.ts';

/** Who asks. */
export interface Operator {
  /** A user of the operating system, or the name of a key. */
  readonly operator: string;
  /** Ed25519; null: over the local socket. */
  readonly signedBy: Uint8Array | null;
}

/**
 * Does what an operator asks and writes down who asked for what, in one transaction: nothing is done, and nothing shown, that is not
 * written down. A refusal is written down too, after its work was undone.
 * @throws {DomainError} what the command throws
 */
export async function performCommand<N extends AdminCommandName>(
  { clock, random, transact }: Pick<Deps, 'clock' | 'random' | 'transact'>,
  handlers: AdminHandlers,
  command: N,
  { operator, signedBy }: Operator,
  input: AdminInput<N>,
): Promise<AdminAnswer<N>> {
  const write = (stores: Pick<Stores, 'adminActions'>, outcome: 'done' | ErrorName) =>
    stores.adminActions.add({
      id: newUuid(random),
      at_ms: clock.now(),
      operator,
      signed_by: signedBy,
      command,
      subject: subjectOf(input),
      outcome,
    });
  try {
    return await transact(async (stores) => {
      await write(stores, 'done');
      if (signedBy !== null && isLocalOnly(command))
        throw new DomainError('OperatorNotAdmitted', { reason: 'local-only' });
      return handlers[command](stores, input);
    });
  } catch (error) {
    if (error instanceof DomainError) await transact((stores) => write(stores, error.name));
    throw error;
  }
}

/** What a command is done to; never what is said. */
function subjectOf(input: object): string | null {
  const { hexkeyId, ticketNumber, limit, name, rows } = input as Readonly<Record<string, unknown>>;
  if (Array.isArray(rows)) return `${rows.length} rows from line ${(rows[0] as LegacyRow).line}`;
  const named = [hexkeyId, ticketNumber, limit, name].filter((part) => typeof part === 'string');
  return named.length === 0 ? null : named.join(' ');
}
