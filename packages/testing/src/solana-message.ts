import { concatBytes, fromBase58, utf8 } from '@hexkey/protocol';

/** An instruction with its accounts as addresses. */
export interface TestInstruction {
  readonly program: Uint8Array;
  readonly accounts: readonly Uint8Array[];
  readonly data: Uint8Array;
}

export const solanaPrograms = {
  system: fromBase58('11111111111111111111111111111111', 32),
  token: fromBase58('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', 32),
  token2022: fromBase58('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb', 32),
  associatedToken: fromBase58('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL', 32),
  memo: fromBase58('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr', 32),
  computeBudget: fromBase58('ComputeBudget111111111111111111111111111111', 32),
};

/** A Solana message whose only signer is the payer, written apart from the code that reads it. */
export function solanaMessage(
  payer: Uint8Array,
  instructions: readonly TestInstruction[],
  { version = 'legacy' as 'legacy' | 0, blockhash = new Uint8Array(32).fill(7) } = {},
): Uint8Array<ArrayBuffer> {
  const keys: Uint8Array[] = [payer];
  const placeOf = (key: Uint8Array) => {
    const place = keys.findIndex((known) => Buffer.compare(known, key) === 0);
    return place >= 0 ? place : keys.push(key) - 1;
  };
  const compiled = instructions.map(({ program, accounts, data }) =>
    concatBytes(
      Uint8Array.of(placeOf(program)),
      compactLength(accounts.length),
      Uint8Array.from(accounts.map(placeOf)),
      compactLength(data.length),
      data,
    ),
  );
  return concatBytes(
    version === 0 ? Uint8Array.of(0x80) : new Uint8Array(0),
    Uint8Array.of(1, 0, 0),
    compactLength(keys.length),
    ...keys,
    blockhash,
    compactLength(compiled.length),
    ...compiled,
    version === 0 ? Uint8Array.of(0) : new Uint8Array(0),
  );
}

export function solTransfer(from: Uint8Array, to: Uint8Array, lamports: bigint): TestInstruction {
  return {
    program: solanaPrograms.system,
    accounts: [from, to],
    data: concatBytes(Uint8Array.of(2, 0, 0, 0), littleEndian(lamports, 8)),
  };
}

export function tokenTransfer(
  transfer: { source: Uint8Array; mint: Uint8Array; destination: Uint8Array; authority: Uint8Array },
  amount: bigint,
  program = solanaPrograms.token,
): TestInstruction {
  return {
    program,
    accounts: [transfer.source, transfer.mint, transfer.destination, transfer.authority],
    data: concatBytes(Uint8Array.of(12), littleEndian(amount, 8), Uint8Array.of(6)),
  };
}

export function createAssociated(
  made: { payer: Uint8Array; account: Uint8Array; owner: Uint8Array; mint: Uint8Array },
  tokenProgram = solanaPrograms.token,
): TestInstruction {
  return {
    program: solanaPrograms.associatedToken,
    accounts: [made.payer, made.account, made.owner, made.mint, solanaPrograms.system, tokenProgram],
    data: Uint8Array.of(1),
  };
}

export function memo(text: string, accounts: readonly Uint8Array[] = []): TestInstruction {
  return { program: solanaPrograms.memo, accounts, data: utf8(text) };
}

export function unitLimit(units: number): TestInstruction {
  return {
    program: solanaPrograms.computeBudget,
    accounts: [],
    data: concatBytes(Uint8Array.of(2), littleEndian(BigInt(units), 4)),
  };
}

export function unitPrice(microLamports: bigint): TestInstruction {
  return {
    program: solanaPrograms.computeBudget,
    accounts: [],
    data: concatBytes(Uint8Array.of(3), littleEndian(microLamports, 8)),
  };
}

export function littleEndian(value: bigint, lengthBytes: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: lengthBytes }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn));
}

function compactLength(length: number): Uint8Array<ArrayBuffer> {
  return length < 0x80 ? Uint8Array.of(length) : Uint8Array.of((length & 0x7f) | 0x80, length >> 7);
}
