import { DomainError } from '@hexkey/contract';
import { emptyIdentityBook, type IdentityBook } from '../identity/identity-book.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { noPinNotes, type PinNotes } from '../pin-notes/pin-notes.ts';
import { emptyTeamBox, type TeamBox } from '../team-hexkey/team-box.ts';
import { emptyWalletBook, type WalletBook } from '../wallet/wallet-book.ts';
import type { DeviceSeal } from './device-seal.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { fromStructuredJson, toStructuredJson } from './structured-json.ts';
import type { KeptAccount, KeptRegistration, Vault } from './vault.ts';

interface Content {
  /** Raised with the layout; an older layout is then moved when it is read. */
  readonly layout: 1;
  readonly currentId: string | null;
  readonly accounts: Readonly<Record<string, KeptAccount>>;
  readonly notes: Readonly<Record<string, PinNotes>>;
  /** Absent until a log was read. */
  readonly logs?: Readonly<Record<string, DeviceSeal>>;
  /** Absent until a key was made. */
  readonly teamBoxes?: Readonly<Record<string, TeamBox>>;
  /** Absent until a device was listed. */
  readonly identityBooks?: Readonly<Record<string, IdentityBook>>;
  /** Absent until a wallet was made or seen. */
  readonly walletBooks?: Readonly<Record<string, WalletBook>>;
  readonly registration: KeptRegistration | null;
}

const empty: Content = { layout: 1, currentId: null, accounts: {}, notes: {}, registration: null };

export interface FileVault extends Vault {
  /** The account in the file, whether its session has ended or not; null for none or several. */
  onlyAccount(): Promise<KeptAccount | null>;
}

/**
 * The vault of a process without a browser: one file that only its owner can read, replaced whole at each change. The device key
 * rests in it as it is (ADR 35). The caller sees to it that no other process has the same file open.
 *
 * Digits that were tried are remembered by the process only: under a key in the same file they could be searched.
 *
 * @param engine for keys that `exportableEngine` made
 */
export function fileVault(path: string, engine: SubtleCrypto): FileVault {
  let content: Promise<Content> | null = null;
  const current = () => {
    content ??= read(path, engine);
    return content;
  };
  const tried = new Map<string, PinNotes['tried']>();
  const inTurn = oneAtATime();

  /** Memory follows the disk: what could not be written has not happened. */
  const change = (next: (content: Content) => Content) =>
    inTurn(async () => {
      const changed = next(await current());
      writePrivateFile(path, await toStructuredJson(engine, changed));
      content = Promise.resolve(changed);
    });

  const notesOf = ({ notes }: Content, accountId: string): PinNotes => ({
    ...(notes[accountId] ?? noPinNotes),
    tried: tried.get(accountId) ?? null,
  });

  return {
    async currentAccount() {
      const { currentId, accounts } = await current();
      return currentId === null ? null : (accounts[currentId] ?? null);
    },
    async onlyAccount() {
      const [account, another] = Object.values((await current()).accounts);
      return another === undefined ? (account ?? null) : null;
    },
    account: async (accountId) => (await current()).accounts[accountId] ?? null,
    keepAccount: (account) =>
      change((before) => ({
        ...before,
        currentId: account.accountId,
        accounts: { ...before.accounts, [account.accountId]: account },
      })),
    amendAccount: (accountId, amend) =>
      change((before) => {
        const account = before.accounts[accountId];
        if (account === undefined) return before;
        return { ...before, accounts: { ...before.accounts, [accountId]: amend(account) } };
      }),
    leaveAccount: () => change((before) => ({ ...before, currentId: null })),
    pinNotes: async (accountId) => notesOf(await current(), accountId),
    changePinNotes: (accountId, amend) =>
      change((before) => {
        const changed = amend(notesOf(before, accountId));
        tried.set(accountId, changed.tried);
        return { ...before, notes: { ...before.notes, [accountId]: { ...changed, tried: null } } };
      }),
    attemptLog: async (accountId) => (await current()).logs?.[accountId] ?? null,
    keepAttemptLog: (accountId, log) =>
      change((before) =>
        before.accounts[accountId] === undefined
          ? before
          : { ...before, logs: { ...before.logs, [accountId]: log } },
      ),
    teamBox: async (accountId) => (await current()).teamBoxes?.[accountId] ?? emptyTeamBox,
    changeTeamBox: (accountId, amend) =>
      change((before) => {
        if (before.accounts[accountId] === undefined) return before;
        const box = amend(before.teamBoxes?.[accountId] ?? emptyTeamBox);
        return { ...before, teamBoxes: { ...before.teamBoxes, [accountId]: box } };
      }),
    identityBook: async (accountId) => (await current()).identityBooks?.[accountId] ?? emptyIdentityBook,
    changeIdentityBook: (accountId, amend) =>
      change((before) => {
        if (before.accounts[accountId] === undefined) return before;
        const book = amend(before.identityBooks?.[accountId] ?? emptyIdentityBook);
        return { ...before, identityBooks: { ...before.identityBooks, [accountId]: book } };
      }),
    walletBook: async (accountId) => (await current()).walletBooks?.[accountId] ?? emptyWalletBook,
    changeWalletBook: (accountId, amend) =>
      change((before) => {
        if (before.accounts[accountId] === undefined) return before;
        const book = amend(before.walletBooks?.[accountId] ?? emptyWalletBook);
        return { ...before, walletBooks: { ...before.walletBooks, [accountId]: book } };
      }),
    async eraseAccount(accountId) {
      await change(
        ({
          accounts,
          notes,
          logs = {},
          teamBoxes = {},
          identityBooks = {},
          walletBooks = {},
          ...before
        }) => ({
          ...before,
          currentId: before.currentId === accountId ? null : before.currentId,
          accounts: without(accounts, accountId),
          notes: without(notes, accountId),
          logs: without(logs, accountId),
          teamBoxes: without(teamBoxes, accountId),
          identityBooks: without(identityBooks, accountId),
          walletBooks: without(walletBooks, accountId),
        }),
      );
      tried.delete(accountId);
    },
    registration: async () => (await current()).registration,
    keepRegistration: (registration) => change((before) => ({ ...before, registration })),
    dropRegistration: () => change((before) => ({ ...before, registration: null })),
  };
}

async function read(path: string, engine: SubtleCrypto): Promise<Content> {
  const text = readPrivateFile(path);
  if (text === null) return empty;
  // Whatever is wrong with the text, the answer is the same: what is in it is not to be written over.
  const content = (await fromStructuredJson(engine, text).catch(() => null)) as Content | null;
  if (content?.layout !== 1) throw new DomainError('StorageUnavailable', { problem: 'damaged' });
  return content;
}

function without<T>(members: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(members).filter(([each]) => each !== name));
}
