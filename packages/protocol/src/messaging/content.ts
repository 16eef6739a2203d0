import { textOf, utf8 } from '../encoding/bytes.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { MalformedError } from '../pin/malformed.ts';
import { largestAmount } from '../wallet/amount.ts';

/** An application message (docs/protocol/messaging.md section 5). */
export interface Message {
  /** Client message id, UUID text. It is inside too: the server must not be able to give a message another one's name. */
  readonly id: string;
  readonly content: MessageContent;
}

/** What a message says. Other messages are named by their ids. */
export type MessageContent =
  | ({ readonly kind: 'text'; readonly text: string; readonly replyTo: string | null } & Forwardable &
      Lasting)
  | ({ readonly kind: 'contact'; readonly hexkeyId: string; readonly name: string | null } & Forwardable &
      Lasting)
  | ({ readonly kind: 'poll' } & Poll & Lasting)
  /** Everything its sender chooses of a poll, in the place of what they chose before; none: no vote any more. */
  | { readonly kind: 'vote'; readonly messageId: string; readonly choices: readonly number[] }
  /** How long what is said from now on lasts; 0: until it is deleted. Of whoever may pin. */
  | { readonly kind: 'timer'; readonly seconds: number }
  /** Another text in the place of an own one. Counts when the server took it within `editWindowMs` of the message. */
  | { readonly kind: 'edit'; readonly messageId: string; readonly text: string }
  /** `emoji` null takes the sender's reaction back. */
  | { readonly kind: 'reaction'; readonly messageId: string; readonly emoji: string | null }
  /** The last word about a message counts, of whoever may pin: either of two, in a group owner and admins. */
  | { readonly kind: 'pin'; readonly messageId: string; readonly pinned: boolean }
  /** For everyone: counts from the message's sender, in a group also from owner and admins. */
  | { readonly kind: 'delete'; readonly messageId: string }
  /** The sender takes messages of this stranger from now on: the sender's other devices ask no more (ADR 103). */
  | { readonly kind: 'accept' }
  /** Everything the server took until then was read by the sender's account. */
  | { readonly kind: 'read'; readonly throughMs: number }
  /** Sent as a transient frame; kept nowhere. */
  | { readonly kind: 'typing' }
  /** Of a group; counts from owner and admins. */
  | { readonly kind: 'profile'; readonly name: string; readonly picture: Uint8Array | null }
  /** A payment that is on the ledger. The sender's word: what it says is true once the ledger says the same. */
  | ({ readonly kind: 'transfer' } & TransferCard & Lasting)
  | ({ readonly kind: 'attachment' } & Attachment & Lasting)
  | UnknownContent;

/** A question and what may be chosen; who chose what is seen by all. */
export interface Poll {
  readonly question: string;
  /** 2 to 12. */
  readonly options: readonly string[];
  /** Whether more than one may be chosen. */
  readonly several: boolean;
}

/** Whose words they were first is not said. */
export interface Forwardable {
  readonly forwarded?: true;
}

/** A message that disappears from each device so many seconds after it was sent or, where it was received, read (ADR 95). */
export interface Lasting {
  readonly lasts?: number;
}

/** What owners are offered; a receiver takes any whole number up to `longestSeconds`. */
export const timerSeconds = [0, 30, 600, 7200, 86_400, 604_800] as const;
const longestSeconds = 30 * 86_400;

/** By the server's times of the two messages. */
export const editWindowMs = 15 * 60_000;

/**
 * A kind or version that this client does not know. Its bytes are kept: a newer version reads them again (ADR 96).
 * `isSilent`: its sender says that it is no line of the conversation and nothing to count; else it shows "update to read this".
 */
export interface UnknownContent {
  readonly kind: 'unknown';
  readonly isSilent: boolean;
  readonly plaintext: Uint8Array;
}

/** What is said of a payment. Names the ledger's transaction; everything else is there too, to whoever looks. */
export interface TransferCard {
  /** Base58 of the transaction's signature. */
  readonly signature: string;
  /** Base58 of the mint, or null for SOL. */
  readonly mint: string | null;
  /** Decimal digits, in the smallest unit: JSON knows no numbers of 64 bits. */
  readonly amount: string;
  readonly symbol: string;
  readonly decimals: number;
  readonly memo: string | null;
}

/** A file that lies sealed at the server (section 6), and everything that opens it. Bytes are base64url. */
export interface Attachment {
  readonly attachmentId: string;
  /** 32 bytes, of this attachment alone. */
  readonly key: string;
  /** SHA-256 of the sealed bytes: who else has the key cannot put another content in its place. */
  readonly digest: string;
  readonly sizeBytes: number;
  /** As its sender calls it: a name, no path. */
  readonly name: string;
  readonly mediaType: string;
  /** A small picture of it: PNG, JPEG or WebP. */
  readonly thumbnail: string | null;
  /** Of a picture, in its pixels. */
  readonly dimensions: { readonly width: number; readonly height: number } | null;
  /** Of a voice note. */
  readonly durationMs: number | null;
}

/** What this version can say. */
export type KnownContent = Exclude<MessageContent, { kind: 'unknown' }>;

/** Each in UTF-8 bytes. A message in its ciphertext stays below the server's 64 KiB. */
export const contentLimits = {
  text: 16_384,
  name: 256,
  emoji: 64,
  picture: 32_768,
  symbol: 32,
  memo: 512,
  question: 1024,
  option: 256,
  thumbnail: 16_384,
  /** Content of an attachment, before it is sealed. */
  attachment: 100 * 1024 * 1024,
} as const;

/** How many options a poll has. */
export const pollOptions = { least: 2, most: 12 } as const;

const version = 1;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const hexkeyIdForm = /^[1-9][0-9]{3,9}$/;
/** 64 and 32 bytes in base58 of that length or less; a ledger is who knows them. */
const signatureForm = /^[1-9A-HJ-NP-Za-km-z]{64,88}$/;
const mintForm = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/;
const amountForm = /^(0|[1-9][0-9]{0,19})$/;
const mostDecimals = 255;
const bytes32Form = /^[A-Za-z0-9_-]{43}$/;
const base64urlForm = /^[A-Za-z0-9_-]+$/;
/** RFC 6838 section 4.2, without parameters. */
const mediaTypeForm = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,62}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,62}$/;
const mostPixels = 65_535;
const longestDurationMs = 24 * 3_600_000;

type Members = Readonly<Record<string, unknown>>;

/** UTF-8 JSON. @throws {MalformedError} over a limit, so that nothing is sent that receivers refuse */
export function encodeMessage({
  id,
  content,
}: {
  readonly id: string;
  readonly content: KnownContent;
}): Uint8Array<ArrayBuffer> {
  const bytes = utf8(JSON.stringify({ v: version, id, ...jsonOf(content) }));
  decodeMessage(bytes);
  return bytes;
}

/** Members it does not know are passed over, kinds it does not know are `unknown`. @throws {MalformedError} */
export function decodeMessage(bytes: Uint8Array): Message {
  const members = parse(bytes);
  if (typeof members.v !== 'number' || typeof members.kind !== 'string')
    throw new MalformedError('content: no version or kind');
  const known = members.v === version ? contentOf(members.kind, members) : null;
  const content = known ?? { kind: 'unknown', isSilent: members.silent === true, plaintext: bytes };
  return { id: messageId(members.id), content };
}

/** @returns null for a kind of a newer version */
function contentOf(kind: string, members: Members): KnownContent | null {
  switch (kind) {
    case 'text':
      return {
        kind,
        text: text(members.text, contentLimits.text),
        replyTo: orNull(members.replyTo, messageId),
        ...forwardable(members),
        ...lasting(members),
      };
    case 'contact':
      return {
        kind,
        hexkeyId: hexkeyId(members.hexkeyId),
        name: orNull(members.name, (name) => text(name, contentLimits.name)),
        ...forwardable(members),
        ...lasting(members),
      };
    case 'edit':
      return {
        kind,
        messageId: messageId(members.messageId),
        text: text(members.text, contentLimits.text),
      };
    case 'reaction':
      return {
        kind,
        messageId: messageId(members.messageId),
        emoji: orNull(members.emoji, (emoji) => text(emoji, contentLimits.emoji)),
      };
    case 'pin':
      return { kind, messageId: messageId(members.messageId), pinned: yesOrNo(members.pinned) };
    case 'delete':
      return { kind, messageId: messageId(members.messageId) };
    case 'read':
      return { kind, throughMs: timeMs(members.throughMs) };
    case 'accept':
    case 'typing':
      return { kind };
    case 'profile':
      return {
        kind,
        name: text(members.name, contentLimits.name),
        picture: orNull(members.picture, picture),
      };
    case 'transfer':
      return {
        kind,
        signature: formed(members.signature, signatureForm, 'a signature'),
        mint: orNull(members.mint, (mint) => formed(mint, mintForm, 'a mint')),
        amount: amount(members.amount),
        symbol: text(members.symbol, contentLimits.symbol),
        decimals: decimals(members.decimals),
        memo: orNull(members.memo, (memo) => text(memo, contentLimits.memo)),
        ...lasting(members),
      };
    case 'attachment':
      return { kind, ...attachment(members), ...lasting(members) };
    case 'poll':
      return {
        kind,
        question: text(members.question, contentLimits.question),
        options: options(members.options),
        several: yesOrNo(members.several),
        ...lasting(members),
      };
    case 'vote':
      return { kind, messageId: messageId(members.messageId), choices: choices(members.choices) };
    case 'timer':
      return { kind, seconds: seconds(members.seconds, 0) };
    default:
      return null;
  }
}

/** Kinds that came after the first version and are no lines of a conversation: a client that does not know them shows nothing. */
const silentKinds: ReadonlySet<KnownContent['kind']> = new Set(['accept', 'edit', 'pin', 'timer', 'vote']);

function jsonOf(content: KnownContent): Members {
  if (silentKinds.has(content.kind)) return { ...content, silent: true };
  if (content.kind !== 'profile') return { ...content };
  return { ...content, picture: content.picture === null ? null : toBase64url(content.picture) };
}

function parse(bytes: Uint8Array): Members {
  let value: unknown;
  try {
    value = JSON.parse(textOf(bytes));
  } catch {
    throw new MalformedError('content: not JSON in UTF-8');
  }
  if (typeof value !== 'object' || value === null) throw new MalformedError('content: no object');
  return value as Members;
}

function text(value: unknown, limitBytes: number): string {
  if (typeof value !== 'string' || value === '' || utf8(value).length > limitBytes)
    throw new MalformedError('content: empty or too long a text');
  return value;
}

function formed(value: unknown, form: RegExp, what: string): string {
  if (typeof value !== 'string' || !form.test(value)) throw new MalformedError(`content: not ${what}`);
  return value;
}

const messageId = (value: unknown) => formed(value, uuid, 'a message id');
const hexkeyId = (value: unknown) => formed(value, hexkeyIdForm, 'a Hexkey ID');

function amount(value: unknown): string {
  const digits = formed(value, amountForm, 'an amount');
  if (BigInt(digits) > largestAmount) throw new MalformedError('content: not an amount of 64 bits');
  return digits;
}

function decimals(value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > mostDecimals)
    throw new MalformedError('content: not a number of decimals');
  return value as number;
}

function attachment(members: Members): Attachment {
  return {
    attachmentId: formed(members.attachmentId, uuid, 'an attachment id'),
    key: formed(members.key, bytes32Form, 'a key'),
    digest: formed(members.digest, bytes32Form, 'a digest'),
    sizeBytes: count(members.sizeBytes, contentLimits.attachment),
    name: text(members.name, contentLimits.name),
    mediaType: formed(members.mediaType, mediaTypeForm, 'a media type'),
    thumbnail: orNull(members.thumbnail, thumbnail),
    dimensions: orNull(members.dimensions, dimensions),
    durationMs: orNull(members.durationMs, (duration) => count(duration, longestDurationMs)),
  };
}

function count(value: unknown, most: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > most)
    throw new MalformedError('content: not a number in its range');
  return value as number;
}

function thumbnail(value: unknown): string {
  if (typeof value !== 'string' || value.length > Math.ceil((contentLimits.thumbnail * 4) / 3))
    throw new MalformedError('content: not a small picture');
  return formed(value, base64urlForm, 'base64url');
}

function dimensions(value: unknown): NonNullable<Attachment['dimensions']> {
  if (typeof value !== 'object' || value === null) throw new MalformedError('content: no dimensions');
  const { width, height } = value as Members;
  return { width: count(width, mostPixels), height: count(height, mostPixels) };
}

const lasting = ({ lasts }: Members): Lasting =>
  lasts === undefined || lasts === null ? {} : { lasts: seconds(lasts, 1) };

function seconds(value: unknown, least: number): number {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > longestSeconds)
    throw new MalformedError('content: not a number of seconds');
  return value as number;
}

function options(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length < pollOptions.least || value.length > pollOptions.most)
    throw new MalformedError('content: not the options of a poll');
  return value.map((option: unknown) => text(option, contentLimits.option));
}

/** Places of options, each once, smallest first. */
function choices(value: unknown): readonly number[] {
  const isPlace = (place: unknown) =>
    Number.isInteger(place) && (place as number) >= 0 && (place as number) < pollOptions.most;
  const rises = (place: number, at: number, all: readonly number[]) => at === 0 || place > (all[at - 1] ?? 0);
  if (!Array.isArray(value) || !value.every(isPlace) || !value.every(rises))
    throw new MalformedError('content: not choices');
  return value as number[];
}

function yesOrNo(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new MalformedError('content: not true or false');
  return value;
}

function timeMs(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new MalformedError('content: not a time');
  return value as number;
}

function picture(value: unknown): Uint8Array {
  if (typeof value !== 'string' || value.length > Math.ceil((contentLimits.picture * 4) / 3))
    throw new MalformedError('content: not a small picture');
  try {
    return fromBase64url(value);
  } catch {
    throw new MalformedError('content: not base64url');
  }
}

const forwardable = ({ forwarded }: Members): Forwardable => (forwarded === true ? { forwarded } : {});

/** An absent member says the same as null. */
function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null || value === undefined ? null : read(value);
}
