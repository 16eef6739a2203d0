import type { TeamMessage } from '@hexkey/contract';
import type { Translate } from '../i18n/catalogue.ts';
import type { RoutePath } from '../route-table.ts';

type Device = Extract<TeamMessage, { kind: 'pinChanged' }>['parameters']['device'];
type Somebody = Extract<TeamMessage, { kind: 'youAreRecoveryContact' }>['parameters']['owner'];

/** What a message says in one line. Never its code: the list of chats shows it to whoever stands near. */
export function titleOf(t: Translate, message: TeamMessage | null): string {
  if (message === null) return t('team.unknown');
  if (message.kind === 'newLogin') return t(`team.title.newLogin-${message.parameters.method}`);
  if (message.kind === 'recoveryCode')
    return t('team.title.recoveryCode', { owner: named(message.parameters.owner) });
  return t(`team.title.${message.kind}`);
}

/** What it means and what to do, in the owner's language. */
export function textOf(t: Translate, message: TeamMessage): string {
  switch (message.kind) {
    case 'newLogin':
    case 'pinChanged':
    case 'contactLoginRefused':
    case 'walletLimitsRaised':
    case 'payKeyRegistered':
    case 'walletExportBegun':
    case 'walletExportTaken':
      return t(`team.text.${message.kind}`, { device: seenAt(message.parameters.device) });
    case 'phoneAdded':
    case 'phoneChanged':
      return t(`team.text.${message.kind}`, {
        phone: message.parameters.phoneMasked,
        device: seenAt(message.parameters.device),
      });
    case 'phoneUnlinked':
      return t('team.text.phoneUnlinked', { phone: message.parameters.phoneMasked });
    case 'recoveryContactSet':
    case 'recoveryContactRemoved':
      return t(`team.text.${message.kind}`, {
        contact: named(message.parameters.contact),
        device: seenAt(message.parameters.device),
      });
    case 'youAreRecoveryContact':
    case 'youAreNoRecoveryContact':
      return t(`team.text.${message.kind}`, { owner: named(message.parameters.owner) });
    case 'recoveryContactLost':
      return t(`team.text.recoveryContactLost-${message.parameters.problem}`, {
        contact: named(message.parameters.contact),
      });
    case 'recoveryCode':
      return t(`team.text.recoveryCode-${message.parameters.purpose}`, {
        owner: named(message.parameters.owner),
      });
    case 'deviceApproved':
      return t('team.text.deviceApproved', {
        approved: message.parameters.approved,
        device: seenAt(message.parameters.device),
      });
    case 'supportAnswered':
      return t('team.text.supportAnswered', { number: message.parameters.ticketNumber });
    case 'contactLoginRequested':
      return t('team.text.contactLoginRequested', {
        place: message.parameters.place ?? t('team.place-unknown'),
      });
  }
}

/** The page where something can be done about it; null when there is nothing to do. */
export function pageOf(message: TeamMessage): RoutePath | null {
  switch (message.kind) {
    case 'newLogin':
    case 'contactLoginRefused':
    case 'deviceApproved':
      return '/settings/account/security/devices';
    case 'pinChanged':
      return '/settings/account/security/logs/pin';
    case 'contactLoginRequested':
      return '/chats/contact-login';
    case 'supportAnswered':
      return '/support';
    case 'phoneUnlinked':
    case 'recoveryContactLost':
    case 'recoveryContactRemoved':
      return '/settings/account/security/recovery-kit';
    default:
      return null;
  }
}

/** Names can be chosen freely, so the Hexkey ID always stands beside. */
const named = ({ name, hexkeyId }: Somebody) => (name === null ? hexkeyId : `${name} (${hexkeyId})`);
const seenAt = ({ name, place }: Device) => (place === null ? name : `${name} (${place})`);
