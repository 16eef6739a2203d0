export * from './content.ts';
export * from './credential.ts';
export * from './device-list.ts';
export { type GroupInvite, inviteLink, inviteTokenHash, readInviteLink } from './invite.ts';
export * from './judge-device-list.ts';
export * from './notice.ts';
export { compareSafetyCode, type SafetySide, safetyCode, safetyNumber } from './safety-number.ts';
