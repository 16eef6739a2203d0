import { DomainError, routes } from '@hexkey/contract';
import type { Desk } from '../desk/desk.ts';

/** The server forgets an own file. Best effort: else it does in time. */
export function takeBack({ client, caller }: Pick<Desk, 'client' | 'caller'>, attachmentId: string): void {
  client.background(
    client.api.call(routes.dropAttachment, { caller, body: { attachmentId } }).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    }),
  );
}
