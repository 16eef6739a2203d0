import { schemas } from '@hexkey/contract';
import {
  type AttemptEntry,
  attemptOperations,
  attemptOutcomes,
  bucketNames,
  fromBase64url,
  type SignedLogHead,
  toBase64url,
} from '@hexkey/protocol';
import { type Static, Type } from 'typebox';

const { Bytes, Exact, Nullable, RealmId, TimeMs, Uuid } = schemas;
const Sequence = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** A signed head as files and the vault hold it. Bytes are base64url. */
export const HeadJson = Exact({ sequence: Sequence, hash: Bytes(32), signature: Bytes(64) });
export type HeadJson = Static<typeof HeadJson>;

/** A head, and when a device of the owner verified the history up to it. */
export const SeenHeadJson = Exact({ ...HeadJson.properties, seenAtMs: TimeMs });
export type SeenHeadJson = Static<typeof SeenHeadJson>;

export const EntryJson = Exact({
  sequence: Sequence,
  timeMs: TimeMs,
  bucket: Nullable(Type.Enum([...bucketNames])),
  device: Nullable(Bytes(32)),
  operation: Type.Enum([...attemptOperations]),
  outcome: Type.Enum([...attemptOutcomes]),
  previousHash: Bytes(32),
});
export type EntryJson = Static<typeof EntryJson>;

export const DeviceJson = Exact({
  thumbprint: Bytes(32),
  name: Nullable(Type.String({ maxLength: 64 })),
  sinceMs: TimeMs,
});

/** Two heads that one node signed and that cannot both be true of one history. */
export const ConflictJson = Exact({ seen: SeenHeadJson, told: HeadJson });
export type ConflictJson = Static<typeof ConflictJson>;

export const historyFormat = 'hexkey/1 pin-history';

/** What `exportPinHistory` writes: everything that is needed to verify it without a network, and no secret. */
export const HistoryFile = Exact({
  format: Type.Literal(historyFormat),
  exportedAtMs: TimeMs,
  accountId: Uuid,
  /** As the operator signed it; carries the nodes' log keys. */
  nodeSet: Exact({ payload: Type.String({ maxLength: 32_768 }), signature: Type.String({ maxLength: 128 }) }),
  /** The owner's, as the exporting device knew them. Not signed by anybody. */
  devices: Type.Array(DeviceJson),
  nodes: Type.Array(
    Exact({
      realmId: RealmId,
      /** Null: this node was never read. */
      head: Nullable(HeadJson),
      /** A stretch of the chain that ends at the head. */
      entries: Type.Array(EntryJson),
      conflicts: Type.Array(ConflictJson),
    }),
  ),
});
export type HistoryFile = Static<typeof HistoryFile>;

export const headToJson = ({ sequence, hash, signature }: SignedLogHead): HeadJson => ({
  sequence,
  hash: toBase64url(hash),
  signature: toBase64url(signature),
});

/** @throws {RangeError} text that is not canonical base64url */
export const headFromJson = ({ sequence, hash, signature }: HeadJson): SignedLogHead => ({
  sequence,
  hash: fromBase64url(hash),
  signature: fromBase64url(signature),
});

export const entryToJson = (entry: AttemptEntry): EntryJson => ({
  sequence: entry.sequence,
  timeMs: entry.timeMs,
  bucket: entry.bucket,
  device: entry.device === null ? null : toBase64url(entry.device),
  operation: entry.operation,
  outcome: entry.outcome,
  previousHash: toBase64url(entry.previousHash),
});

/** @throws {RangeError} text that is not canonical base64url */
export const entryFromJson = (entry: EntryJson): AttemptEntry => ({
  ...entry,
  device: entry.device === null ? null : fromBase64url(entry.device),
  previousHash: fromBase64url(entry.previousHash),
});
