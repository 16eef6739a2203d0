import {
  type KeyGeneration,
  type Secret,
  type SigningCommitment,
  type SigningNonces,
  toHex,
  type WalletNode,
  type WalletNodes,
} from '@hexkey/protocol';
import type { OperationContext, OperationDeps } from '../operation.ts';
import { type Round2Sealing, round2Sealing } from './seal-round2.ts';
import { type ShortMemory, shortMemory } from './short-memory.ts';

/** A key generation that this node takes part in. */
export interface Ceremony {
  /** Thumbprint of the device that began it. */
  readonly device: Uint8Array;
  /** X25519, for messages to the client's participants. */
  readonly clientKey: Uint8Array;
  readonly generation: KeyGeneration;
  /** Of all packages of round 1, once they have come. */
  transcript: Uint8Array | null;
}

/** Nonces that this node has committed to, for one attempt at one intent. */
export interface PreparedSignature {
  /** Thumbprint of the device that prepared. */
  readonly device: Uint8Array;
  readonly message: Uint8Array;
  readonly signers: readonly number[];
  readonly expiresAtMs: number;
  readonly nonces: SigningNonces;
  readonly commitment: SigningCommitment;
  /** The request that signs with them, by its hash, and what became of it: there is no second one. */
  signing: { readonly request: string; readonly share: Promise<Uint8Array> } | null;
}

/** What wallet operations need beyond those of PINs. */
export interface WalletDeps extends OperationDeps {
  readonly walletNodes: WalletNodes;
  /** This node in them. */
  readonly self: WalletNode;
  readonly sealing: Round2Sealing;
  readonly ceremonies: ShortMemory<Ceremony>;
  readonly prepared: ShortMemory<PreparedSignature>;
}

/** What makes a node a holder of wallets. */
export interface WalletPart {
  /** From the signed node set. */
  readonly nodes: WalletNodes;
  /** X25519 private key of the node; its public half is in the node set. */
  readonly hpkeSecret: Secret<Uint8Array>;
}

const keptMs = 5 * 60_000;

/** @throws {Error} a node that is not one of its set */
export function walletDeps(deps: OperationDeps, { nodes, hpkeSecret }: WalletPart): WalletDeps {
  const self = nodes.nodes.find(({ realmId }) => realmId === toHex(deps.realmId));
  if (self === undefined) throw new Error('this node is not in its node set');
  return {
    ...deps,
    walletNodes: nodes,
    self,
    sealing: round2Sealing(hpkeSecret),
    ceremonies: shortMemory({
      keptMs,
      perAccount: 4,
      inAll: 2000,
      onDrop: ({ generation }) => generation.erase(),
    }),
    prepared: shortMemory({
      keptMs,
      perAccount: 16,
      inAll: 20_000,
      onDrop: ({ nonces }) => {
        nonces.reveal().hiding.fill(0);
        nonces.reveal().binding.fill(0);
      },
    }),
  };
}

/** Under which an account's things are kept in memory. */
export function accountName({ recordId }: Pick<OperationContext, 'recordId'>): string {
  return toHex(recordId);
}

/** Under which a preparation is kept. */
export function attemptName({
  intent,
  attempt,
}: {
  readonly intent: Uint8Array;
  readonly attempt: number;
}): string {
  return `${toHex(intent)}/${attempt}`;
}
