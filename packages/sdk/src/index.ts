export type { PhoneVerification } from './account/phone-verification.ts';
export type { Words } from './account/words.ts';
export { type AuditedNode, auditPinHistory, type PinHistoryAudit } from './attempt-log/audit-pin-history.ts';
export type * from './attempt-log/pin-history.ts';
export type * from './chats/chats.ts';
export type * from './contact-login/contact-login.ts';
export { createHexkey, type HexkeyClient } from './create-hexkey.ts';
export type * from './deletion/account-deletion.ts';
export type * from './deps.ts';
export type * from './device-link/device-links.ts';
export { createDeviceLog } from './device-log/create-device-log.ts';
export type * from './device-log/device-log.ts';
export type * from './help/help.ts';
export type * from './hexkey.ts';
export type * from './node-status/pin-nodes.ts';
export type * from './people/people.ts';
export type { PinHash } from './pin/pin-hash.ts';
export type { PinBudget } from './pin-notes/pin-budget.ts';
export type { PinNotes } from './pin-notes/pin-notes.ts';
export type { Place } from './place.ts';
export type * from './privacy/privacy.ts';
export type { PinFlow } from './recovery-kit/pin-flow.ts';
export type * from './recovery-kit/recovery-kit.ts';
export { memoryVault } from './storage/memory-vault.ts';
export type * from './storage/vault.ts';
export type { Support, SupportMessage } from './support/support.ts';
export type * from './team-hexkey/team-hexkey.ts';
export type {
  Approval,
  Asset,
  Balance,
  DeviceOnHold,
  ExportedKey,
  KeyExport,
  KeyExportState,
  LedgerView,
  LimitsView,
  PasskeyPay,
  Recipient,
  SweepOrder,
  SweepPlan,
  SweepProgress,
  Swept,
  Transfer,
  TransferOrder,
  TransferPage,
  TransferProgress,
  TransferQuote,
  TransferWarning,
  Wallet,
  WalletLimits,
  WalletState,
  WhyItStays,
} from './wallet/wallet.ts';
export { payWindowsMs } from './wallet/wallet.ts';
