import { Type } from 'typebox';
import { slotsPerEpoch } from '../../ledger/virtual-machine.ts';
import { feeOf } from '../../transactions/fee.ts';
import { parseMessage } from '../../transactions/parse-message.ts';
import { decodeWire } from '../decode-wire.ts';
import { Maybe, method } from '../method.ts';
import { AddressText, addressOf, apiVersion, Config, HashText, readAt } from '../params.ts';

const maxAccountBytes = 10 * 1024 * 1024;

/** Where the chain is, and what it asks of a transaction. */
export const chainMethods = {
  getHealth: method([], () => 'ok'),
  getVersion: method([], () => ({ 'solana-core': apiVersion, 'feature-set': 0 })),
  getGenesisHash: method([], ({ blockhashes }) => blockhashes.of(0)),
  getSlot: method([Config({})], (parts, config) => readAt(parts, config).context.slot),
  getBlockHeight: method([Config({})], (parts, config) => readAt(parts, config).context.slot),
  getEpochInfo: method([Config({})], (parts, config) => {
    const { slot } = readAt(parts, config).context;
    return {
      absoluteSlot: slot,
      blockHeight: slot,
      epoch: Math.floor(slot / slotsPerEpoch),
      slotIndex: slot % slotsPerEpoch,
      slotsInEpoch: slotsPerEpoch,
      transactionCount: parts.store.count(),
    };
  }),
  getTransactionCount: method([Config({})], (parts, config) => {
    readAt(parts, config);
    return parts.store.count();
  }),
  getLatestBlockhash: method([Config({})], (parts, config) => {
    const { context } = readAt(parts, config);
    return { context, value: parts.blockhashes.latest() };
  }),
  isBlockhashValid: method([HashText, Config({})], (parts, blockhash, config) => {
    const { context } = readAt(parts, config);
    return { context, value: parts.blockhashes.isValid(blockhash) };
  }),
  getFeeForMessage: method([Type.String(), Config({})], (parts, text, config) => {
    const { context } = readAt(parts, config);
    const message = decodeWire(text, 'base64', parseMessage);
    const isValid = parts.blockhashes.isValid(message.blockhash);
    return { context, value: isValid ? feeOf(message) : null };
  }),
  getMinimumBalanceForRentExemption: method(
    [Type.Integer({ minimum: 0, maximum: maxAccountBytes }), Config({})],
    ({ machine }, lengthBytes) => machine.rentExemption(lengthBytes),
  ),
  getRecentPrioritizationFees: method([Maybe(Type.Array(AddressText, { maxItems: 128 }))], (parts, list) => {
    for (const text of list ?? []) addressOf(text);
    // Nobody competes for a place in a slot here.
    return [{ slot: parts.slots.current() - 1, prioritizationFee: 0 }];
  }),
};
