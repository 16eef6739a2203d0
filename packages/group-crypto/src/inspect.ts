export { type GroupInfoSummary, readGroupInfo } from './inspect/read-group-info.ts';
export { type KeyPackageSummary, readKeyPackage } from './inspect/read-key-package.ts';
export { type PrivateMessageSummary, readPrivateMessage } from './inspect/read-private-message.ts';
export { type CommitSummary, readPublicCommit } from './inspect/read-public-commit.ts';
export { readWelcome, type WelcomeSummary } from './inspect/read-welcome.ts';
