import { AccountRole, type Address, type Instruction } from '@solana/kit';
import { parseSystemInstruction, SystemInstruction } from '@solana-program/system';
import {
  AssociatedTokenInstruction,
  parseAssociatedTokenInstruction,
  parseTokenInstruction,
  TokenInstruction,
} from '@solana-program/token';
import { systemProgram } from '../ledger/account.ts';
import { tokenAmount } from '../tokens/token-amount.ts';
import { token2022Program, tokenProgram } from '../tokens/token-layout.ts';
import { memoPrograms } from './memo.ts';

const associatedTokenProgram = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL' as Address;

export interface PlainInstruction {
  readonly program: Address;
  readonly accounts: readonly Address[];
  readonly data: Uint8Array;
}

/** @property program as Agave names it */
export interface ParsedInstruction {
  readonly program: string;
  readonly parsed: string | { readonly type: string; readonly info: object };
}

/**
 * What an instruction says, for people and wallets (Agave, transaction-status `parse_instruction`). Null for one this devnet
 * does not read: it is then shown as bytes, as clusters do with programs they do not know.
 */
export function parseInstruction({ program, accounts, data }: PlainInstruction): ParsedInstruction | null {
  if (memoPrograms.includes(program))
    return { program: 'spl-memo', parsed: Buffer.from(data).toString('utf8') };
  const read = readers.get(program);
  if (read === undefined) return null;
  try {
    const parsed = read[1]({
      programAddress: program,
      accounts: accounts.map((address) => ({ address, role: AccountRole.WRITABLE })),
      data,
    });
    return parsed && { program: read[0], parsed };
  } catch {
    // The libraries throw on bytes that are no instruction of theirs; then it is shown as bytes.
    return null;
  }
}

type Readable = Instruction & {
  readonly accounts: readonly { readonly address: Address; readonly role: AccountRole }[];
  readonly data: Uint8Array;
};
type Parsed = { readonly type: string; readonly info: object } | null;
type Reader = readonly [program: string, read: (instruction: Readable) => Parsed];

const readers: ReadonlyMap<Address, Reader> = new Map<Address, Reader>([
  [systemProgram, ['system', readSystem]],
  [tokenProgram, ['spl-token', readToken]],
  [token2022Program, ['spl-token-2022', readToken]],
  [associatedTokenProgram, ['spl-associated-token-account', readAssociatedToken]],
]);

function readSystem(instruction: Readable): Parsed {
  const parsed = parseSystemInstruction(instruction);
  if (parsed.instructionType === SystemInstruction.TransferSol)
    return {
      type: 'transfer',
      info: {
        source: parsed.accounts.source.address,
        destination: parsed.accounts.destination.address,
        lamports: parsed.data.amount,
      },
    };
  if (parsed.instructionType === SystemInstruction.CreateAccount)
    return {
      type: 'createAccount',
      info: {
        source: parsed.accounts.payer.address,
        newAccount: parsed.accounts.newAccount.address,
        lamports: parsed.data.lamports,
        space: parsed.data.space,
        owner: parsed.data.programAddress,
      },
    };
  return null;
}

function readAssociatedToken(instruction: Readable): Parsed {
  const parsed = parseAssociatedTokenInstruction(instruction);
  if (parsed.instructionType === AssociatedTokenInstruction.RecoverNestedAssociatedToken) return null;
  const { payer, ata, owner, mint, systemProgram: system, tokenProgram: token } = parsed.accounts;
  const isIdempotent = parsed.instructionType === AssociatedTokenInstruction.CreateAssociatedTokenIdempotent;
  return {
    type: isIdempotent ? 'createIdempotent' : 'create',
    info: {
      source: payer.address,
      account: ata.address,
      wallet: owner.address,
      mint: mint.address,
      systemProgram: system.address,
      tokenProgram: token.address,
    },
  };
}

function readToken(instruction: Readable): Parsed {
  const parsed = parseTokenInstruction(instruction);
  /** A multisig is followed by those who signed for it. */
  const signedBy = (name: string, address: Address, accountCount: number) => {
    const signers = instruction.accounts.slice(accountCount).map((one) => one.address);
    if (signers.length === 0) return { [name]: address };
    return { [`multisig${name[0]?.toUpperCase()}${name.slice(1)}`]: address, signers };
  };
  switch (parsed.instructionType) {
    case TokenInstruction.Transfer: {
      const { source, destination, authority } = parsed.accounts;
      const info = {
        source: source.address,
        destination: destination.address,
        amount: String(parsed.data.amount),
        ...signedBy('authority', authority.address, 3),
      };
      return { type: 'transfer', info };
    }
    case TokenInstruction.TransferChecked: {
      const { source, mint, destination, authority } = parsed.accounts;
      const info = {
        source: source.address,
        mint: mint.address,
        destination: destination.address,
        tokenAmount: tokenAmount(parsed.data.amount, parsed.data.decimals),
        ...signedBy('authority', authority.address, 4),
      };
      return { type: 'transferChecked', info };
    }
    case TokenInstruction.MintTo: {
      const { mint, token, mintAuthority } = parsed.accounts;
      const info = {
        mint: mint.address,
        account: token.address,
        amount: String(parsed.data.amount),
        ...signedBy('mintAuthority', mintAuthority.address, 3),
      };
      return { type: 'mintTo', info };
    }
    case TokenInstruction.MintToChecked: {
      const { mint, token, mintAuthority } = parsed.accounts;
      const info = {
        mint: mint.address,
        account: token.address,
        tokenAmount: tokenAmount(parsed.data.amount, parsed.data.decimals),
        ...signedBy('mintAuthority', mintAuthority.address, 3),
      };
      return { type: 'mintToChecked', info };
    }
    default:
      return null;
  }
}
