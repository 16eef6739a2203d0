import type { Kysely } from 'kysely';
import { type AccountExportStore, accountExportStore } from '../account-export/account-export.store.ts';
import { type AccountsStore, accountsStore } from '../accounts/accounts.store.ts';
import { type LoginChallengesStore, loginChallengesStore } from '../accounts/login-challenges.store.ts';
import { type AdminActionsStore, adminActionsStore } from '../admin/admin-actions.store.ts';
import { type NamedKeysStore, namedKeysStore } from '../admin/named-keys.store.ts';
import { type AttachmentsStore, attachmentsStore } from '../attachments/attachments.store.ts';
import { type AvatarsStore, avatarsStore } from '../avatars/avatars.store.ts';
import { type CaptchasStore, captchasStore } from '../captchas/captchas.store.ts';
import { type ContactLoginsStore, contactLoginsStore } from '../contact-logins/contact-logins.store.ts';
import { type DeletionsStore, deletionsStore } from '../deletion/deletions.store.ts';
import { type EnvelopesStore, envelopesStore } from '../delivery/envelopes.store.ts';
import { type SentIdsStore, sentIdsStore } from '../delivery/sent-ids.store.ts';
import { type DeviceLinksStore, deviceLinksStore } from '../device-links/device-links.store.ts';
import { type DeviceListsStore, deviceListsStore } from '../device-lists/device-lists.store.ts';
import { type GroupInvitesStore, groupInvitesStore } from '../group-invites/group-invites.store.ts';
import { type GroupsStore, groupsStore } from '../groups/groups.store.ts';
import { type HelpCountsStore, helpCountsStore } from '../help/help-counts.store.ts';
import { type KeyPackagesStore, keyPackagesStore } from '../key-packages/key-packages.store.ts';
import { type LegacyAccountsStore, legacyAccountsStore } from '../legacy-accounts/legacy-accounts.store.ts';
import { type LimitsStore, limitsStore } from '../limits/limits.store.ts';
import { type LogHeadsStore, logHeadsStore } from '../log-heads/log-heads.store.ts';
import { type LogsStore, logsStore } from '../logs/logs.store.ts';
import { type PeopleStore, peopleStore } from '../people/people.store.ts';
import {
  type PhoneVerificationsStore,
  phoneVerificationsStore,
} from '../phone-verification/phone-verifications.store.ts';
import { type PinChallengesStore, pinChallengesStore } from '../pin/pin-challenges.store.ts';
import { type PreparedSecretsStore, preparedSecretsStore } from '../pin/prepared-secrets.store.ts';
import { type PrivacyStore, privacyStore } from '../privacy/privacy.store.ts';
import { type PushSubscriptionsStore, pushSubscriptionsStore } from '../push/push-subscriptions.store.ts';
import {
  type RecoveryContactsStore,
  recoveryContactsStore,
} from '../recovery-contacts/recovery-contacts.store.ts';
import { type DrillsStore, drillsStore } from '../recovery-kit/drills.store.ts';
import { type RemindersStore, remindersStore } from '../recovery-kit/reminders.store.ts';
import { type ReportsStore, reportsStore } from '../reports/reports.store.ts';
import { type RequestNoncesStore, requestNoncesStore } from '../sessions/request-nonces.store.ts';
import { type SessionsStore, sessionsStore } from '../sessions/sessions.store.ts';
import { type SupportTicketsStore, supportTicketsStore } from '../support/support-tickets.store.ts';
import { type DeviceKeysStore, deviceKeysStore } from '../team-hexkey/device-keys.store.ts';
import { type TeamQueueStore, teamQueueStore } from '../team-hexkey/team-queue.store.ts';
import { type TransfersStore, transfersStore } from '../transfers/transfers.store.ts';
import { type PayKeysStore, payKeysStore } from '../wallets/pay-keys.store.ts';
import { type WalletsStore, walletsStore } from '../wallets/wallets.store.ts';
import type { Tables } from './tables.ts';

/** Everything kept, reached through one connection or one transaction. */
export interface Stores {
  readonly accounts: AccountsStore;
  readonly accountExport: AccountExportStore;
  readonly sessions: SessionsStore;
  readonly requestNonces: RequestNoncesStore;
  readonly loginChallenges: LoginChallengesStore;
  readonly phoneVerifications: PhoneVerificationsStore;
  readonly pinChallenges: PinChallengesStore;
  readonly logs: LogsStore;
  readonly limits: LimitsStore;
  readonly logHeads: LogHeadsStore;
  readonly preparedSecrets: PreparedSecretsStore;
  readonly attachments: AttachmentsStore;
  readonly avatars: AvatarsStore;
  readonly people: PeopleStore;
  readonly deviceKeys: DeviceKeysStore;
  readonly teamQueue: TeamQueueStore;
  readonly recoveryContacts: RecoveryContactsStore;
  readonly contactLogins: ContactLoginsStore;
  readonly drills: DrillsStore;
  readonly reminders: RemindersStore;
  readonly captchas: CaptchasStore;
  readonly deviceLinks: DeviceLinksStore;
  readonly privacy: PrivacyStore;
  readonly keyPackages: KeyPackagesStore;
  readonly groups: GroupsStore;
  readonly groupInvites: GroupInvitesStore;
  readonly envelopes: EnvelopesStore;
  readonly sentIds: SentIdsStore;
  readonly deviceLists: DeviceListsStore;
  readonly reports: ReportsStore;
  readonly wallets: WalletsStore;
  readonly payKeys: PayKeysStore;
  readonly transfers: TransfersStore;
  readonly helpCounts: HelpCountsStore;
  readonly supportTickets: SupportTicketsStore;
  readonly adminActions: AdminActionsStore;
  readonly namedKeys: NamedKeysStore;
  readonly deletions: DeletionsStore;
  readonly legacyAccounts: LegacyAccountsStore;
  readonly pushSubscriptions: PushSubscriptionsStore;
}

/** @param queuedFor collects the sessions that a message was queued for */
export function storesOf(db: Kysely<Tables>, queuedFor: Set<string> = new Set()): Stores {
  return {
    accounts: accountsStore(db),
    accountExport: accountExportStore(db),
    sessions: sessionsStore(db),
    requestNonces: requestNoncesStore(db),
    loginChallenges: loginChallengesStore(db),
    phoneVerifications: phoneVerificationsStore(db),
    pinChallenges: pinChallengesStore(db),
    logs: logsStore(db),
    limits: limitsStore(db),
    logHeads: logHeadsStore(db),
    preparedSecrets: preparedSecretsStore(db),
    attachments: attachmentsStore(db),
    avatars: avatarsStore(db),
    people: peopleStore(db),
    deviceKeys: deviceKeysStore(db),
    teamQueue: teamQueueStore(db, queuedFor),
    recoveryContacts: recoveryContactsStore(db),
    contactLogins: contactLoginsStore(db),
    drills: drillsStore(db),
    reminders: remindersStore(db),
    captchas: captchasStore(db),
    deviceLinks: deviceLinksStore(db),
    privacy: privacyStore(db),
    keyPackages: keyPackagesStore(db),
    groups: groupsStore(db),
    groupInvites: groupInvitesStore(db),
    envelopes: envelopesStore(db, queuedFor),
    sentIds: sentIdsStore(db),
    deviceLists: deviceListsStore(db),
    reports: reportsStore(db),
    wallets: walletsStore(db),
    payKeys: payKeysStore(db),
    transfers: transfersStore(db),
    helpCounts: helpCountsStore(db),
    supportTickets: supportTicketsStore(db),
    adminActions: adminActionsStore(db),
    namedKeys: namedKeysStore(db),
    deletions: deletionsStore(db),
    legacyAccounts: legacyAccountsStore(db),
    pushSubscriptions: pushSubscriptionsStore(db),
  };
}
