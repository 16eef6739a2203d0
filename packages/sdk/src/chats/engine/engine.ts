import type { GroupCrypto } from '@hexkey/group-crypto';
import type { Client } from '../../account/client.ts';
import type { Identity } from '../../identity/identity.ts';
import type { Caller } from '../../transport/api-client.ts';
import type { Transfers } from '../attachments/transfers.ts';
import type { ChatId } from '../chats.ts';
import type { ChatBook } from '../store/chat-book.ts';
import type { Wire } from './wire.ts';

/** What the page that has the socket works with: one device of one account, while its session is full. */
export interface Engine {
  readonly client: Client;
  readonly caller: Caller;
  /** The owner's account. */
  readonly selfId: string;
  readonly deviceId: string;
  readonly book: ChatBook;
  readonly crypto: GroupCrypto;
  readonly identity: Identity;
  readonly wire: Wire;
  readonly transfers: Transfers;
  /** Fires when the page gives the socket up. */
  readonly signal: AbortSignal;
  /** Something that is shown has changed: of one conversation, or, null, of the list. */
  readonly changed: (chatId: ChatId | null) => void;
  /** There may be something to do: an order, or a conversation the server is to be asked about. */
  readonly wake: () => void;
}
