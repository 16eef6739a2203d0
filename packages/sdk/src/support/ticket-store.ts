import type { Secret } from '@hexkey/protocol';

/** A ticket that was opened here, or is about to be. */
export interface KeptTicket {
  /** 32 bytes: whoever has them reads the ticket. */
  readonly key: Secret<Uint8Array>;
}

/** Whose ticket: an account's, or of whoever uses this device without one. Nobody sees another's. */
export type TicketOwner = { readonly accountId: string } | 'nobody';

/** Where this device keeps the keys of its tickets, one for each owner. @throws {DomainError} `StorageUnavailable` */
export interface TicketStore {
  get(owner: TicketOwner): Promise<KeptTicket | null>;
  put(owner: TicketOwner, ticket: KeptTicket): Promise<void>;
  drop(owner: TicketOwner): Promise<void>;
}

/** The name an owner's ticket is kept under. */
export const slotOf = (owner: TicketOwner) => (owner === 'nobody' ? 'nobody' : owner.accountId);

/** Tickets that live as long as the process. */
export function memoryTickets(): TicketStore {
  const kept = new Map<string, KeptTicket>();
  return {
    get: async (owner) => kept.get(slotOf(owner)) ?? null,
    async put(owner, ticket) {
      kept.set(slotOf(owner), ticket);
    },
    async drop(owner) {
      kept.delete(slotOf(owner));
    },
  };
}
