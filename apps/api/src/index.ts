export { memoryBlobs } from './attachments/memory-blobs.ts';
export { type OpenDatabase, openEmbedded, openPostgres } from './database/open-database.ts';
export { initServerKeys, newServerKeys, publicTokenKey, type ServerKeys } from './keys/server-keys.ts';
export { SmsFailedError, type SmsMessage, type SmsSender } from './phone-verification/sms-sender.ts';
export { type ApiDeps, type ApiSettings, type RunningApi, startApi } from './start-api.ts';
