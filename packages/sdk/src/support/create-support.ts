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

  /** The account's own, or the one that was opened here before the login. */
  async function keptFor(account: KeptAccount | null) {
    const own = await tickets.get(ownerOf(account));
    if (own !== null || account === null) return { kept: own, owner: ownerOf(account) };
    return { kept: await tickets.get('nobody'), owner: 'nobody' as TicketOwner };
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

  /** With an account open the ticket becomes the account's, so that nobody who logs in here later sees it. */
  async function linked(account: KeptAccount | null, kept: KeptTicket): Promise<void> {
    if (account === null) return;
    await api.call(routes.linkTicket, { caller: callerOf(client, account), body: bodyOf(kept) });
    await tickets.put(ownerOf(account), kept);
    await tickets.drop('nobody');
  }

  async function say({ messageId, text, locale }: SupportMessage): Promise<KeptTicket> {
    const account = await deps.vault.currentAccount();
    const { kept, owner } = await keptFor(account);
    const written =
      kept === null
        ? null
        : await orGone<typeof routes.writeToTicket>(owner, () =>
            api.call(routes.writeToTicket, { body: { ...bodyOf(kept), messageId, text } }),
          );
    const ticket = kept !== null && written !== null ? kept : await open(owner, { messageId, text, locale });
    if (owner === 'nobody' || written === null) await linked(account, ticket);
    return ticket;
  }

  const read = (kept: KeptTicket): Promise<TicketView> => api.call(routes.readTicket, { body: bodyOf(kept) });
  const logLines = async () => (await deps.deviceLog?.lines()) ?? [];

  return {
    async ticket() {
      const { kept, owner } = await keptFor(await deps.vault.currentAccount());
      return kept === null ? null : orGone<typeof routes.readTicket>(owner, () => read(kept));
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
      const { owner } = await keptFor(await deps.vault.currentAccount());
      await tickets.drop(owner);
    },
    logLines,
    newestVersion: async () => (await api.call(routes.serverInfo, {})).version,
    notePage: (page) => deps.deviceLog?.note({ event: 'page', page }),
  };
}
