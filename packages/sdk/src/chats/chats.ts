import type { PersonView } from '@hexkey/contract';
import type { Forwardable, Poll, TransferCard } from '@hexkey/protocol';

/** A group UUID: a direct conversation is a group of two accounts. */
export type ChatId = string;

/** Somebody in a conversation. */
export interface ChatPerson {
  readonly accountId: string;
  /** Null until the server has said who that is. */
  readonly person: PersonView | null;
  readonly isSelf: boolean;
}

export type GroupRole = 'owner' | 'admin' | 'member';

/** What stands between the owner and sending here; null when nothing does. */
export type ChatObstacle =
  /** This device is being added by another member or joins again by itself. */
  | 'joining'
  /** Somebody else there has to let this account in again: its own security code is not the one it was let in with. */
  | 'awaiting-readd'
  /** This device could not check who is in it, and tries again with the next connection. */
  | 'unchecked'
  | 'left'
  | 'removed'
  /** A direct conversation whose keys are not only those of the two, or that the server no longer has. */
  | 'closed'
  /** The owner blocks them. */
  | 'blocked'
  /** Somebody verified there has another security code: `confirmSecurityCode` after comparing, or `acceptSecurityCode`. */
  | 'security-code-changed'
  | 'deleted';

export interface ChatSummary {
  readonly chatId: ChatId;
  readonly kind: 'direct' | 'group';
  /** The other person of a direct conversation. */
  readonly peer: ChatPerson | null;
  /** Of a group; null before its profile has come. */
  readonly name: string | null;
  /** WebP, PNG or JPEG of a group, at most 32 KiB; null for none. */
  readonly picture: Uint8Array | null;
  readonly last: ChatMessage | null;
  readonly unread: number;
  readonly isPinned: boolean;
  /** Null: not muted; Infinity: until unmuted. */
  readonly mutedUntilMs: number | null;
  readonly draft: string;
  /** How long what is said next lasts; 0: until it is deleted. */
  readonly timerSeconds: number;
  readonly obstacle: ChatObstacle | null;
  /** Somebody who is no contact has written, and the owner has not answered yet: they are not told what is read, and no notice is given of them. */
  readonly isRequest: boolean;
  /** Of a group: who was verified and has another security code now; the first of them. */
  readonly changed: ChatPerson | null;
}

/** What is shown of one message. */
export type ShownContent =
  | ({ readonly kind: 'text'; readonly text: string } & Forwardable)
  | ({ readonly kind: 'contact'; readonly hexkeyId: string; readonly name: string | null } & Forwardable)
  /** The sender's word for a payment; what the ledger says of it is in the wallet. */
  | ({ readonly kind: 'transfer' } & TransferCard)
  | {
      readonly kind: 'poll';
      readonly question: string;
      /** Whether more than one may be chosen. */
      readonly several: boolean;
      readonly options: readonly { readonly text: string; readonly who: readonly ChatPerson[] }[];
    }
  | {
      readonly kind: 'attachment';
      readonly name: string;
      readonly mediaType: string;
      readonly sizeBytes: number;
      /** PNG, JPEG or WebP, at most 16 KiB; null for none. */
      readonly thumbnail: Uint8Array | null;
      readonly dimensions: { readonly width: number; readonly height: number } | null;
      readonly durationMs: number | null;
    }
  | { readonly kind: 'deleted' }
  /** Something this version does not know. */
  | { readonly kind: 'unknown' }
  /** It reached this device and could not be opened. */
  | { readonly kind: 'unreadable' }
  | ChatEvent;

/** What happened in a conversation, said in a line of its own. */
export type ChatEvent =
  | { readonly kind: 'created' }
  | { readonly kind: 'added' | 'removed'; readonly who: readonly ChatPerson[] }
  | { readonly kind: 'left' | 'joined-by-link'; readonly who: ChatPerson }
  | { readonly kind: 'renamed'; readonly name: string }
  | { readonly kind: 'picture-changed' }
  /** How long what is said from then on lasts, in seconds; 0: until it is deleted. */
  | { readonly kind: 'timer'; readonly seconds: number }
  /** The sender pinned a message. */
  | { readonly kind: 'pinned' }
  | { readonly kind: 'role'; readonly who: ChatPerson; readonly role: GroupRole }
  | { readonly kind: 'security-code-changed'; readonly who: ChatPerson }
  /** This device joined now: what was said before is not here. */
  | { readonly kind: 'history-begins' };

export interface ChatMessage {
  /** Client message id, the same for everybody. */
  readonly id: string;
  readonly chatId: ChatId;
  readonly sender: ChatPerson;
  readonly sentAtMs: number;
  readonly content: ShownContent;
  readonly replyTo: { readonly id: string; readonly sender: ChatPerson; readonly excerpt: string } | null;
  readonly reactions: readonly { readonly emoji: string; readonly who: readonly ChatPerson[] }[];
  /** How long it stays after it was sent or, where it was received, read; null: until it is deleted. */
  readonly lastsSeconds: number | null;
  /** Its sender has put another text in its place. */
  readonly isEdited: boolean;
  /** Of own messages: a clock, one check, two checks, two blue ones; `failed` can be sent again. Null for others'. */
  readonly state: 'waiting' | 'sent' | 'delivered' | 'read' | 'failed' | null;
}

export type NewMessage =
  | ({ readonly kind: 'poll' } & Poll)
  | { readonly kind: 'text'; readonly text: string; readonly replyTo?: string }
  /** `name` as the writer's contacts have it; absent or null: as this device knows them from conversations. */
  | { readonly kind: 'contact'; readonly hexkeyId: string; readonly name?: string | null }
  /** `id` is the message's too: the card of one payment is said once, however often it is sent. */
  | ({ readonly kind: 'transfer'; readonly id: string } & TransferCard);

/** A file as its owner has it. */
export interface NewFile {
  readonly name: string;
  /** Anything that is none becomes `application/octet-stream`. */
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Its bytes from `start` up to and without `end`. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** PNG, JPEG or WebP, at most 16 KiB. */
  readonly thumbnail?: Uint8Array;
  readonly dimensions?: { readonly width: number; readonly height: number };
  readonly durationMs?: number;
}

/** How far a file has come, in sealed bytes. */
export interface FileProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface GroupView {
  readonly chatId: ChatId;
  readonly name: string | null;
  readonly picture: Uint8Array | null;
  readonly ownRole: GroupRole;
  /** Owner first, then admins, then members, by name. */
  readonly members: readonly (ChatPerson & { readonly role: GroupRole })[];
}

export interface JoinRequest {
  readonly person: ChatPerson;
  readonly requestedAtMs: number;
}

export interface SafetyNumber {
  readonly peer: ChatPerson;
  /** Twelve groups of five. */
  readonly digits: string;
  /** What the QR code holds. */
  readonly code: string;
  readonly state: 'unverified' | 'verified' | 'changed';
}

/**
 * Every conversation of the account on this device. What is returned is what this device keeps; the network is asked in the background, by the one page that has
 * the socket. Every method rejects with a `DomainError` for an expected refusal.
 */
export interface Chats {
  /** Pinned first, then by the last message. */
  list(): Promise<readonly ChatSummary[]>;
  /** @throws {DomainError} `NotFound` (chat) */
  get(chatId: ChatId): Promise<ChatSummary>;
  /**
   * A page of a conversation, oldest first.
   * @param before id of the message that follows the page; absent: the newest
   */
  messages(
    chatId: ChatId,
    before?: string,
  ): Promise<{ readonly messages: readonly ChatMessage[]; readonly more: boolean }>;
  /**
   * What was said and is on this device: what holds all the words, in any case, newest first, at most 100. Asks nobody.
   * @param within one conversation; absent: all of them
   */
  search(text: string, within?: ChatId): Promise<readonly ChatMessage[]>;
  /** Who is typing right now; asked again after each call of the listener. */
  typing(chatId: ChatId): readonly ChatPerson[];
  /** Called with the conversation that changed, or null for the list as a whole. @returns the unsubscriber */
  subscribe(listener: (chatId: ChatId | null) => void): () => void;

  /** The conversation with a person, made when there is none. @throws {DomainError} `NotFound` (person), `NotAPerson`, `Offline`, `TooMany` */
  openDirect(hexkeyId: string): Promise<ChatId>;
  /** @throws {DomainError} `InvalidField` (name), `GroupFull`, `Offline` */
  createGroup(name: string, hexkeyIds: readonly string[]): Promise<ChatId>;

  /** Kept on this device first, then sent as soon as it can be. @returns its id @throws {DomainError} `ChatClosed` for an obstacle, `MessageTooLong`, `InvalidField` (poll) */
  send(chatId: ChatId, message: NewMessage): Promise<string>;
  /**
   * Sealed and kept on this device first; then uploaded and said as soon as it can be, going on where it stopped after any interruption. It
   * holds up nothing that is said after it. Deleting the message before it is sent gives the upload up.
   * @returns the message's id
   * @throws {DomainError} `AttachmentTooLarge`, `InvalidField` (name, thumbnail), `ChatClosed`, `StorageUnavailable`
   */
  sendFile(chatId: ChatId, file: NewFile): Promise<string>;
  /**
   * What a file holds: from this device or, when it is not here, fetched, checked and kept here from then on. Fetching goes on where it stopped.
   * @param signal stops fetching; what came stays
   * @throws {DomainError} `NotFound` (chat, message), `AttachmentGone` also for what is not what its sender sealed, `Offline`, `StorageUnavailable`
   */
  openFile(chatId: ChatId, messageId: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** Of a file that this page sends or fetches right now, else null; asked again after each call of the listener. */
  progressOf(messageId: string): FileProgress | null;
  /**
   * The owner takes messages of somebody who asked to write to them; so does whoever sends anything. Told to the owner's other devices; does
   * nothing where nobody asks. @throws {DomainError} `NotFound` (chat), `ChatClosed`
   */
  accept(chatId: ChatId): Promise<void>;
  /** Tries a failed message again. */
  resend(chatId: ChatId, messageId: string): Promise<void>;
  /**
   * Everything the owner chooses of a poll, by the places of its options; none: no vote any more. All see who chose what.
   * @throws {DomainError} `NotFound` (chat, message), `InvalidField` (choices), `ChatClosed`
   */
  vote(chatId: ChatId, messageId: string, choices: readonly number[]): Promise<void>;
  /** @param emoji one emoji, or null to take the own reaction back */
  react(chatId: ChatId, messageId: string, emoji: string | null): Promise<void>;
  /**
   * Puts another text in the place of an own one, on every device. What reaches the server more than `editWindowMs` after the message changes nothing.
   * @throws {DomainError} `EditTooLate` by this device's clock, `Forbidden` for what is no own text, `MessageTooLong`, `ChatClosed`
   */
  edit(chatId: ChatId, messageId: string, text: string): Promise<void>;
  /**
   * Says a text or a contact card again in other conversations: in all of them or, when one is refused, in none.
   * @throws {DomainError} `NotFound` (chat, message), `Forbidden` for what is neither, `ChatClosed`
   */
  forward(chatId: ChatId, messageId: string, to: readonly ChatId[]): Promise<void>;
  /**
   * Pins a message for everybody there, or takes it off: either of two, in a group owner and admins.
   * @throws {DomainError} `Forbidden`, `NotFound` (chat, message), `ChatClosed`
   */
  pinMessage(chatId: ChatId, messageId: string, isPinned: boolean): Promise<void>;
  /** What is pinned in a conversation and on this device, what was pinned last first. */
  pinnedMessages(chatId: ChatId): Promise<readonly ChatMessage[]>;
  /**
   * How long what is said from now on lasts, for everybody there: either of two, in a group owner and admins.
   * @param seconds one of `timerSeconds`; 0: until it is deleted
   * @throws {DomainError} `Forbidden`, `InvalidField` (seconds), `ChatClosed`
   */
  setTimer(chatId: ChatId, seconds: number): Promise<void>;
  /** How much of what the owner said and did in a conversation has not left this device yet, and is tried again. */
  unsent(chatId: ChatId): Promise<number>;
  deleteForMe(chatId: ChatId, messageId: string): Promise<void>;
  /** Own messages; owner and admins of a group any. @throws {DomainError} `Forbidden` */
  deleteForEveryone(chatId: ChatId, messageId: string): Promise<void>;
  /** Tells the others, where both sides allow read receipts. */
  markRead(chatId: ChatId): Promise<void>;
  /** The owner is typing; at most one message in 5 s is sent, and none is kept. */
  noteTyping(chatId: ChatId): void;
  saveDraft(chatId: ChatId, text: string): Promise<void>;
  pin(chatId: ChatId, isPinned: boolean): Promise<void>;
  mute(chatId: ChatId, untilMs: number | null): Promise<void>;
  /** Takes a conversation and what was said in it off this device. */
  clear(chatId: ChatId): Promise<void>;

  group(chatId: ChatId): Promise<GroupView>;
  /** @throws {DomainError} `Forbidden`, `GroupFull`, `NotFound` (person) */
  addMembers(chatId: ChatId, hexkeyIds: readonly string[]): Promise<void>;
  removeMember(chatId: ChatId, accountId: string): Promise<void>;
  setRole(chatId: ChatId, accountId: string, role: GroupRole): Promise<void>;
  setGroupProfile(chatId: ChatId, profile: { name: string; picture: Uint8Array | null }): Promise<void>;
  /** @throws {DomainError} `OwnerMustHandOver` while others are in */
  leave(chatId: ChatId): Promise<void>;
  /** A link for the group; the one before stops working. */
  createInvite(chatId: ChatId): Promise<string>;
  revokeInvite(chatId: ChatId): Promise<void>;
  /** @param link as it was opened or pasted @throws {DomainError} `NotFound` (invite) */
  readInvite(link: string): { readonly groupName: string };
  requestToJoin(link: string): Promise<void>;
  joinRequests(chatId: ChatId): Promise<readonly JoinRequest[]>;
  answerJoinRequest(chatId: ChatId, accountId: string, approve: boolean): Promise<void>;

  /** With the other side; in a group with the first verified member whose code changed. @throws {DomainError} `NotFound` (person) for nobody */
  safetyNumber(chatId: ChatId): Promise<SafetyNumber>;
  /** @param code what the other side's QR code holds @returns whether it is this conversation's; then they are verified */
  compareSafetyCode(chatId: ChatId, code: string): Promise<boolean>;
  /**
   * The owner compared the digits: they are verified.
   * @param shown the `code` that stood with these digits @returns false when the code has changed since: nobody is verified then
   */
  confirmSecurityCode(chatId: ChatId, shown: string): Promise<boolean>;
  /**
   * The owner goes on with a changed code without comparing: they are not verified any more, and messages are sent again.
   * @param shown the `code` that the owner saw @returns false when it has changed since: nothing is accepted then
   */
  acceptSecurityCode(chatId: ChatId, shown: string): Promise<boolean>;

  readReceipts(): Promise<boolean>;
  setReadReceipts(on: boolean): Promise<void>;
}
