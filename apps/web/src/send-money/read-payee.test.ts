import { expect, test } from 'vitest';
import { readPayee } from './read-payee.ts';

/** The system program, wrapped SOL, and a mint: 32 zero bytes, and two with and without leading letters. */
const addresses = [
  '11111111111111111111111111111111',
  'So11111111111111111111111111111111111111112',
  'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
];

test.each(addresses)('%s is an address, bare, with spaces around and in a Solana Pay link', (address) => {
  expect(readPayee(address)).toEqual({ address });
  expect(readPayee(`  ${address}\n`)).toEqual({ address });
  expect(readPayee(`solana:${address}?amount=1&label=Shop`)).toEqual({ address });
});

test.each(['60221407', '6022 1407', 'https://hexkey.example/i/60221407'])('%s is a Hexkey ID', (text) => {
  expect(readPayee(text)).toEqual({ hexkeyId: '60221407' });
});

test.each([
  '',
  'Grace',
  // Two letters lost, one too many, and a letter that base58 does not have.
  addresses[2]?.slice(2),
  `${addresses[2]}1`,
  addresses[2]?.replace('E', '0'),
  'solana:https://shop.example/pay',
  `bitcoin:${addresses[2]}`,
])('%j names nobody', (text) => {
  expect(readPayee(text ?? '')).toBeNull();
});
