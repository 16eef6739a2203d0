import {
  type AnswerOf,
  isDomainError,
  maxSentLogLines,
  type Route,
  routes,
  type TicketView,
} from '@hexkey/contract';
import { fromBase64url, Secret, ticketPuzzleSubject, toBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import { solvePuzzle } from '../account/solve-puzzle.ts';
import { newUuid } from '../new-uuid.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Support, SupportMessage } from './support.ts';
import { type KeptTicket, memoryTickets, type TicketOwner } from './ticket-store.ts';

export function createSupport(client: Client): Support {
  const { api, deps } = client;
  const tickets = deps.tickets ?? memoryTickets();
  const bodyOf = ({ key }: KeptTicket) => ({ ticketKey: toBase64url(key.reveal()) });
  const ownerOf = (account: KeptAccount | null): TicketOwner =>
    account === null ? 'nobody' : { accountId: account.accountId };

  /** Of whoever uses this device now: a ticket from before a login is nobody's until somebody says that it is theirs. */
  async function keptNow() {
    const account = await deps.vault.currentAccount();
    const owner = ownerOf(account);
    return { account, owner, kept: await tickets.get(owner) };
  }

  /** An answer about a ticket, or null for one that the server has deleted since: nothing is left of it here either. */
  async function orGone<R extends Route>(
    owner: TicketOwner,
    call: () => Promise<AnswerOf<R>>,
  ): Promise<AnswerOf<R> | null> {
    try {
      return await call();
    } catch (error) {
      if (!isDomainError(error, 'NotFound')) throw error;
      await tickets.drop(owner);
      return null;
    }
  }

  async function open(owner: TicketOwner, message: SupportMessage): Promise<KeptTicket> {
    const kept = { key: new Secret<Uint8Array>(deps.random(32)) };
    const { captchaId, challenge, proofOfWorkBits: bits } = await api.call(routes.createCaptcha, {});
    const loginKey = ticketPuzzleSubject(kept.key.reveal());
    const puzzle = { challenge: fromBase64url(challenge), loginKey, bits };
    const captcha = { captchaId, proofOfWork: toBase64url(await solvePuzzle(puzzle, deps.yieldToOthers)) };
    await tickets.put(owner, kept);
    try {
      await api.call(routes.openTicket, { body: { ...bodyOf(kept), captcha, ...message } });
    } catch (error) {
      // Whether it was opened is not known when no answer came: then the key stays, and the next call finds out.
      if (!isDomainError(error, 'Offline')) await tickets.drop(owner);
      throw error;
    }
    return kept;
  }

  /** Support sees whose it is. */
  const link = (account: KeptAccount, kept: KeptTicket): Promise<TicketView> =>
    api.call(routes.linkTicket, { caller: callerOf(client, account), body: bodyOf(kept) });

  async function say({ messageId, text, locale }: SupportMessage) {
    const { account, owner, kept } = await keptNow();
    const written =
      kept &&
      (await orGone<typeof routes.writeToTicket>(owner, () =>
        api.call(routes.writeToTicket, { body: { ...bodyOf(kept), messageId, text } }),
      ));
    const ticket = kept && written ? kept : await open(owner, { messageId, text, locale });
    // Also when the link of an earlier message never came to the server.
    if (account !== null && written?.isLinked !== true) await link(account, ticket);
    return ticket;
  }

  const read = (kept: KeptTicket): Promise<TicketView> => api.call(routes.readTicket, { body: bodyOf(kept) });
  const logLines = async () => (await deps.deviceLog?.lines()) ?? [];

  return {
    async ticket() {
      const { kept, owner } = await keptNow();
      return kept && orGone<typeof routes.readTicket>(owner, () => read(kept));
    },
    async hasUnclaimed() {
      const { account, kept } = await keptNow();
      return account !== null && kept === null && (await tickets.get('nobody')) !== null;
    },
    async claim() {
      const { account } = await keptNow();
      const kept = await tickets.get('nobody');
      if (account === null || kept === null) return;
      const linked = await orGone<typeof routes.linkTicket>('nobody', () => link(account, kept));
      if (linked === null) return;
      await tickets.put(ownerOf(account), kept);
      await tickets.drop('nobody');
    },
    newMessageId: () => newUuid(deps.random),
    async say(message) {
      return read(await say(message));
    },
    async sendLogs(message) {
      const lines = (await logLines()).slice(-maxSentLogLines);
      const ticket = await say(message);
      return api.call(routes.sendTicketLogs, { body: { ...bodyOf(ticket), lines: [...lines] } });
    },
    async leave() {
      const { owner } = await keptNow();
      await tickets.drop(owner);
    },
    logLines,
    newestVersion: async () => (await api.call(routes.serverInfo, {})).version,
    notePage: (page) => deps.deviceLog?.note({ event: 'page', page }),
  };
}
