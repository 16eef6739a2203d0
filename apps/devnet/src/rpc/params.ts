import { type Address, getBase58Encoder, isAddress } from '@solana/kit';
import { type TProperties, Type } from 'typebox';
import type { DevnetParts } from '../devnet-parts.ts';
import type { StateAt } from '../ledger/ledger.ts';
import { invalidParams, RpcError } from './rpc-error.ts';

const base58 = '^[1-9A-HJ-NP-Za-km-z]+$';

/** 32 bytes in base58; `addressOf` checks the length. */
export const AddressText = Type.String({ pattern: base58, minLength: 32, maxLength: 44 });
/** 64 bytes in base58; `signatureOf` checks the length. */
export const SignatureText = Type.String({ pattern: base58, minLength: 64, maxLength: 88 });
export const HashText = Type.String({ pattern: base58, minLength: 32, maxLength: 44 });
export const Commitment = Type.Union([
  Type.Literal('processed'),
  Type.Literal('confirmed'),
  Type.Literal('finalized'),
]);
export const Unsigned = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Absent = Type.Union([Type.Null(), Type.Undefined()]);

/** Settings by name, each of which may be left out; unknown ones are ignored, as clusters do. */
export const Config = <P extends TProperties>(properties: P) =>
  Type.Union([Type.Object({ ...readSettings, ...properties }), Absent]);

export const Optional = Type.Optional;

const readSettings = {
  commitment: Type.Optional(Type.Union([Commitment, Absent])),
  minContextSlot: Type.Optional(Type.Union([Unsigned, Absent])),
};

export interface ReadSettings {
  readonly commitment?: 'processed' | 'confirmed' | 'finalized' | null | undefined;
  readonly minContextSlot?: number | null | undefined;
}

export interface ReadAt {
  readonly at: StateAt;
  readonly context: { readonly apiVersion: string; readonly slot: number };
}

/** litesvm 1.5 runs programs as this version of Agave does. */
export const apiVersion = '4.3.0';

/**
 * What a commitment means here: `processed` is the open slot, the others the last closed one, as there is one node.
 *
 * @throws {RpcError} -32016 `minContextSlot` is later
 */
export function readAt(parts: DevnetParts, settings: ReadSettings | null | undefined): ReadAt {
  const at: StateAt = settings?.commitment === 'processed' ? 'open' : 'closed';
  const slot = slotAt(parts, at);
  if (typeof settings?.minContextSlot === 'number' && settings.minContextSlot > slot)
    throw new RpcError('minContextSlotNotReached', 'Minimum context slot has not been reached', {
      contextSlot: slot,
    });
  return { at, context: { apiVersion, slot } };
}

export function slotAt({ slots }: Pick<DevnetParts, 'slots'>, at: StateAt): number {
  return at === 'open' ? slots.current() : slots.current() - 1;
}

/** @throws {RpcError} -32602 */
export function addressOf(text: string): Address {
  if (!isAddress(text)) throw invalidParams('Invalid param: not an address of 32 bytes');
  return text;
}

/** @throws {RpcError} -32602 */
export function signatureOf(text: string): string {
  if (getBase58Encoder().encode(text).length !== 64)
    throw invalidParams('Invalid param: not a signature of 64 bytes');
  return text;
}
