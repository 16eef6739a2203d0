import * as accountExport from './account-export.ts';
import * as accounts from './accounts.ts';
import * as attachments from './attachments.ts';
import * as contactLogins from './contact-logins.ts';
import * as deletion from './deletion.ts';
import * as deviceLinks from './device-links.ts';
import * as deviceLists from './device-lists.ts';
import * as devices from './devices.ts';
import * as help from './help.ts';
import * as legacy from './legacy.ts';
import * as logHeads from './log-heads.ts';
import * as messaging from './messaging.ts';
import * as people from './people.ts';
import * as phone from './phone.ts';
import * as privacy from './privacy.ts';
import * as push from './push.ts';
import * as recoveryContact from './recovery-contact.ts';
import * as recoveryKit from './recovery-kit.ts';
import * as server from './server.ts';
import * as sessions from './sessions.ts';
import * as support from './support.ts';
import * as teamHexkey from './team-hexkey.ts';
import * as transfers from './transfers.ts';
import * as wallets from './wallets.ts';

/** Every endpoint of the account server by name; the server registers them in a loop and tests iterate over them. */
export const routes = {
  ...server,
  ...accounts,
  ...accountExport,
  ...attachments,
  ...deletion,
  ...devices,
  ...deviceLinks,
  ...deviceLists,
  ...sessions,
  ...help,
  ...legacy,
  ...logHeads,
  ...messaging,
  ...people,
  ...phone,
  ...privacy,
  ...push,
  ...recoveryContact,
  ...contactLogins,
  ...recoveryKit,
  ...support,
  ...teamHexkey,
  ...wallets,
  ...transfers,
} as const;
export type RouteName = keyof typeof routes;
