import {
  createAssociated,
  littleEndian,
  memo,
  solanaMessage,
  solanaPrograms,
  solTransfer,
  type TestInstruction,
  tokenTransfer,
  unitLimit,
  unitPrice,
} from '@hexkey/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes, utf8 } from '../encoding/bytes.ts';
import { fromHex } from '../encoding/text.ts';
import { type NotAllowedReason, readTransfer, type TransferReading } from './read-transfer.ts';

const key = (fill: number) => new Uint8Array(32).fill(fill);
const wallet = key(1);
const [person, mint, source, destination] = [key(2), key(3), key(4), key(5)] as const;
const pays = { source, mint, destination, authority: wallet };
const { system, token, token2022, associatedToken, computeBudget } = solanaPrograms;

const read = (...instructions: TestInstruction[]) =>
  readTransfer(wallet, solanaMessage(wallet, instructions));
const refusal = (reading: TransferReading): NotAllowedReason | null =>
  reading.verdict === 'not-allowed' ? reading.why : null;
function allowed(reading: TransferReading) {
  if (reading.verdict !== 'allowed') throw new Error(`not allowed: ${reading.why}`);
  return reading.transfer;
}

describe('what the wallet signs', () => {
  test('SOL with memo and price: lamports, fee and priority fee count', () => {
    const reading = read(
      unitLimit(300_000),
      unitPrice(10_001n),
      solTransfer(wallet, person, 5n),
      memo('Miete'),
    );
    expect(allowed(reading)).toMatchObject({
      version: 'legacy',
      payment: { asset: 'sol', destination: person, amount: 5n },
      recipient: person,
      memo: 'Miete',
      costs: {
        lamports: 5n + 5000n + 3001n,
        baseFeeLamports: 5000n,
        priorityFeeLamports: 3001n,
        token: null,
      },
    });
  });

  test('a token with the account it goes to: rent counts, and the recipient is the owner of that account', () => {
    const made = { payer: wallet, account: destination, owner: person, mint };
    for (const version of ['legacy', 0] as const) {
      const message = solanaMessage(wallet, [createAssociated(made), tokenTransfer(pays, 7n)], { version });
      expect(allowed(readTransfer(wallet, message))).toMatchObject({
        version,
        recipient: person,
        payment: { asset: 'token', program: 'token', mint, destination, amount: 7n, decimals: 6 },
        costs: { lamports: 5000n + 2_039_280n, rentLamports: 2_039_280n, token: { mint, amount: 7n } },
      });
    }
    const newer = [createAssociated(made, token2022), tokenTransfer(pays, 7n, token2022)];
    expect(allowed(read(...newer)).costs.rentLamports).toBe(2_672_640n);
    expect(allowed(read(tokenTransfer(pays, 7n))).recipient).toBe(null);
  });

  test('without a unit limit each instruction counts with the default, at most the most there is', () => {
    expect(allowed(read(unitPrice(1_000_000n))).costs.priorityFeeLamports).toBe(200_000n);
    const many = Array.from({ length: 10 }, () =>
      createAssociated({ payer: wallet, account: key(9), owner: person, mint }),
    );
    expect(allowed(read(unitPrice(1_000_000n), ...many)).costs.priorityFeeLamports).toBe(1_400_000n);
    expect(allowed(read(unitLimit(0xffffffff), unitPrice(1_000_000n))).costs.priorityFeeLamports).toBe(
      1_400_000n,
    );
  });
});

describe('what passes a list of programs and is refused', () => {
  const tokenInstruction = (data: number[], accounts = [source, person, wallet]): TestInstruction => ({
    program: token,
    accounts,
    data: Uint8Array.from(data),
  });
  const systemInstruction = (index: number, rest = new Uint8Array(0)): TestInstruction => ({
    program: system,
    accounts: [wallet, person],
    data: concatBytes(Uint8Array.of(index, 0, 0, 0), rest),
  });
  test.each([
    ['Approve', tokenInstruction([4, ...littleEndian(9n, 8)])],
    ['ApproveChecked', tokenInstruction([13, ...littleEndian(9n, 8), 6], [source, mint, person, wallet])],
    ['SetAuthority', tokenInstruction([6, 2, 1, ...person], [source, wallet])],
    ['CloseAccount', tokenInstruction([9])],
    ['Burn', tokenInstruction([8, ...littleEndian(9n, 8)])],
    ['unchecked Transfer', tokenInstruction([3, ...littleEndian(9n, 8)])],
    ['Assign', systemInstruction(1, person)],
    ['AdvanceNonceAccount', systemInstruction(4)],
    ['AuthorizeNonceAccount', systemInstruction(7, person)],
    ['CreateAccount', systemInstruction(0, new Uint8Array(48))],
    ['TransferWithSeed', systemInstruction(11, new Uint8Array(48))],
    [
      'associated Create',
      {
        ...createAssociated({ payer: wallet, account: key(9), owner: person, mint }),
        data: Uint8Array.of(0),
      },
    ],
    [
      'RecoverNested',
      {
        ...createAssociated({ payer: wallet, account: key(9), owner: person, mint }),
        data: Uint8Array.of(2),
      },
    ],
    ['RequestHeapFrame', { program: computeBudget, accounts: [], data: Uint8Array.of(1, 0, 0, 1, 0) }],
    ['an empty token instruction', tokenInstruction([])],
  ])('%s', (_, instruction) => {
    expect(refusal(read(instruction))).toBe('instruction');
    expect(refusal(read(solTransfer(wallet, person, 1n), instruction))).toBe('instruction');
  });

  test('another program, whatever it does', () => {
    expect(refusal(read({ program: key(8), accounts: [wallet], data: Uint8Array.of(2) }))).toBe('program');
  });

  test('an instruction with an account or a byte more or less', () => {
    const whole = [
      solTransfer(wallet, person, 1n),
      tokenTransfer(pays, 1n),
      createAssociated({ payer: wallet, account: key(9), owner: person, mint }),
      unitLimit(1),
      unitPrice(1n),
    ];
    for (const each of whole) {
      expect(refusal(read({ ...each, data: concatBytes(each.data, Uint8Array.of(0)) }))).toBe('shape');
      expect(refusal(read({ ...each, accounts: [...each.accounts, person] }))).toBe('shape');
      if (each.accounts.length > 0)
        expect(refusal(read({ ...each, accounts: each.accounts.slice(1) }))).toBe('shape');
    }
    expect(refusal(read(memo('x', [person])))).toBe('shape');
    expect(refusal(read({ ...memo(''), data: Uint8Array.of(0xff) }))).toBe('shape');
    expect(
      refusal(read({ ...createAssociated({ payer: wallet, account: key(9), owner: person, mint }, key(8)) })),
    ).toBe('shape');
  });

  test("somebody else's money, or accounts that somebody else pays", () => {
    expect(refusal(read(solTransfer(person, wallet, 1n)))).toBe('authority');
    expect(refusal(read(tokenTransfer({ ...pays, authority: person }, 1n)))).toBe('authority');
    expect(refusal(read(createAssociated({ payer: person, account: key(9), owner: wallet, mint })))).toBe(
      'authority',
    );
  });

  test('two transfers, or twice what is once', () => {
    expect(refusal(read(solTransfer(wallet, person, 1n), tokenTransfer(pays, 1n)))).toBe('transfers');
    expect(refusal(read(memo('a'), memo('b')))).toBe('repeated');
    expect(refusal(read(unitLimit(1), unitLimit(1)))).toBe('repeated');
    expect(refusal(read(unitPrice(1n), unitPrice(1n)))).toBe('repeated');
  });

  test('a cost that 64 bits do not hold', () => {
    expect(refusal(read(solTransfer(wallet, person, 2n ** 64n - 1n)))).toBe('amount');
    expect(
      refusal(read(unitPrice(2n ** 64n - 1n), unitLimit(1_400_000), solTransfer(wallet, person, 1n))),
    ).toBe('amount');
  });
});

describe('bytes that are no message of the wallet', () => {
  const message = solanaMessage(wallet, [solTransfer(wallet, person, 1n)]);
  const versioned = solanaMessage(wallet, [solTransfer(wallet, person, 1n)], { version: 0 });
  const changed = (bytes: Uint8Array, offset: number, value: number) =>
    Uint8Array.from(bytes, (byte, index) => (index === offset ? value : byte));

  test('another signer, a second one, none', () => {
    expect(refusal(readTransfer(person, message))).toBe('signer');
    expect(refusal(readTransfer(wallet, changed(message, 0, 2)))).toBe('signer');
    expect(refusal(readTransfer(wallet, changed(message, 0, 0)))).toBe('malformed');
  });

  test('address tables, and versions that do not exist yet', () => {
    const withTable = concatBytes(versioned.slice(0, -1), Uint8Array.of(1), key(6), Uint8Array.of(1, 0, 0));
    expect(refusal(readTransfer(wallet, withTable))).toBe('address-tables');
    expect(refusal(readTransfer(wallet, changed(versioned, 0, 0x81)))).toBe('version');
  });

  test('a second spelling: bytes behind the end, a length in more bytes than it needs, a key twice', () => {
    expect(refusal(readTransfer(wallet, concatBytes(message, Uint8Array.of(0))))).toBe('malformed');
    const [header, rest] = [message.slice(0, 3), message.slice(4)];
    expect(refusal(readTransfer(wallet, concatBytes(header, Uint8Array.of(0x83, 0), rest)))).toBe(
      'malformed',
    );
    // The recipient's key made that of the wallet.
    expect(refusal(readTransfer(wallet, concatBytes(message.slice(0, 68), wallet, message.slice(100))))).toBe(
      'malformed',
    );
    expect(refusal(readTransfer(wallet, new Uint8Array(1168)))).toBe('malformed');
  });

  test('a message of a real validator reads as it was written', () => {
    // The transfer of the example "transfer lamports" as `solana-message` serialises it: keys payer, recipient, system program.
    const real = fromHex(
      `010001 03 ${'11'.repeat(32)} ${'22'.repeat(32)} ${'00'.repeat(32)} ${'33'.repeat(32)} 01 02 02 0001 0c 020000000100000000000000`.replaceAll(
        ' ',
        '',
      ),
    );
    expect(allowed(readTransfer(key(0x11), real))).toMatchObject({
      payment: { asset: 'sol', destination: key(0x22), amount: 1n },
      recentBlockhash: key(0x33),
    });
  });

  test('whatever bytes come, there is a verdict, and only one spelling of a message is allowed', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(message, versioned),
        fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 3 }),
      )
      .map(([bytes, changes]) =>
        changes.reduce((made, [offset, value]) => changed(made, offset, value), bytes),
      );
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated), (bytes) => {
        expect(['allowed', 'not-allowed']).toContain(readTransfer(wallet, Uint8Array.from(bytes)).verdict);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.constantFrom(message, versioned), fc.nat(200), (bytes, end) => {
        fc.pre(end < bytes.length);
        expect(refusal(readTransfer(wallet, bytes.slice(0, end)))).not.toBe(null);
      }),
    );
  });

  test('any transfer of lamports is read back as it was written, and costs at least what it moves', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 63n), fc.string({ maxLength: 50 }), (lamports, text) => {
        const transfer = allowed(read(memo(text), solTransfer(wallet, person, lamports)));
        expect(transfer.memo).toBe(new TextDecoder().decode(utf8(text)));
        expect(transfer.payment?.amount).toBe(lamports);
        expect(transfer.costs.lamports).toBe(lamports + 5000n);
      }),
    );
  });
});

test('nothing is signed of the associated token program for a token program of nobody', () => {
  const created = createAssociated({ payer: wallet, account: key(9), owner: person, mint }, associatedToken);
  expect(refusal(read(created))).toBe('shape');
});
