import type { AdminAnswer, AdminCommandName, AdminInput } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import type { Jobs } from '../jobs/run-jobs.ts';
import { dropLegacyAccount } from '../legacy-accounts/drop-legacy-account.ts';
import { importLegacyRows } from '../legacy-accounts/import-legacy-rows.ts';
import { pinUpgradeOf, reportLegacy } from '../legacy-accounts/report-legacy.ts';
import { limits } from '../limits/limits.ts';
import { answerTicket, closeTicket, listTickets, showTicket, showTicketLogs } from './admin-tickets.ts';
import { findUser } from './find-user.ts';
import { addOperator, listOperators, removeOperator } from './operators.ts';
import { clearUserLimit, showUserLimits } from './user-limits.ts';

export type AdminDeps = Pick<
  Deps,
  'clock' | 'random' | 'keys' | 'teamKey' | 'transact' | 'nodeSets' | 'nodeSet'
> & {
  readonly jobs: Jobs;
};
type Handler<N extends AdminCommandName> = (
  stores: Stores,
  input: AdminInput<N>,
) => Promise<AdminAnswer<N>> | AdminAnswer<N>;
export type AdminHandlers = { readonly [N in AdminCommandName]: Handler<N> };

const done = { done: true };

/** One handler for each command of the contract; each runs in the transaction that also writes it down. */
export function adminHandlers(deps: AdminDeps): AdminHandlers {
  const { clock, nodeSet, nodeSets, jobs } = deps;
  return {
    async showUser(stores, { hexkeyId }) {
      const account = await findUser(stores, hexkeyId);
      return {
        hexkeyId,
        accountId: account.id,
        registeredWith: account.registered_with,
        createdAtMs: account.created_at_ms,
        pinState: account.pin_state,
        pinUpgrade: await pinUpgradeOf(stores, account.id),
        hasPhone: account.phone_hash !== null,
        hasBackedUpWords: account.words_backed_up_at_ms !== null,
        devices: (await stores.sessions.list(account.id, clock.now())).length,
        deletedAtMs: account.deleted_at_ms,
      };
    },
    listLimits: () => ({ limits: Object.entries(limits).map(([name, limit]) => ({ name, ...limit })) }),
    showUserLimits: (stores, { hexkeyId }) => showUserLimits(deps, stores, hexkeyId),
    async clearUserLimit(stores, input) {
      await clearUserLimit(deps, stores, input);
      return done;
    },
    listTickets: (stores, { state }) => listTickets(stores, state, clock.now()),
    showTicket: (stores, { ticketNumber }) => showTicket(stores, ticketNumber, clock.now()),
    showTicketLogs: (stores, { ticketNumber }) => showTicketLogs(stores, ticketNumber, clock.now()),
    async answerTicket(stores, input) {
      await answerTicket(deps, stores, input);
      return done;
    },
    async closeTicket(stores, { ticketNumber }) {
      await closeTicket(stores, ticketNumber);
      return done;
    },
    checkLegacy: (stores, { rows }) => importLegacyRows(deps, stores, rows, false),
    importLegacy: (stores, { rows }) => importLegacyRows(deps, stores, rows, true),
    listLegacy: (stores, { after, max }) => reportLegacy(stores, after, max),
    async dropLegacy(stores, { hexkeyId }) {
      await dropLegacyAccount(stores, hexkeyId, clock.now());
      return done;
    },
    showNodeSets: () => ({
      nodeSets: nodeSets.map((set) => ({
        epoch: set.nodeSet.epoch,
        hash: toBase64url(set.hash),
        threshold: set.nodeSet.threshold,
        isCurrent: set === nodeSet,
        nodes: set.nodeSet.nodes.map(({ realmId, address }) => ({ realmId, address })),
      })),
    }),
    listJobs: () => ({ jobs: jobs.states().map((state) => ({ ...state })) }),
    listOperators: (stores) => listOperators(stores),
    async addOperator(stores, input) {
      await addOperator(stores, input, clock.now());
      return done;
    },
    async removeOperator(stores, { name }) {
      await removeOperator(stores, name, clock.now());
      return done;
    },
    async listActions(stores, { max }) {
      const actions = await stores.adminActions.list(max);
      return {
        actions: actions.map(({ at_ms, operator, signed_by, command, subject, outcome }) => ({
          atMs: at_ms,
          operator,
          signedBy: signed_by && toBase64url(signed_by),
          command,
          subject,
          outcome,
        })),
      };
    },
  };
}
