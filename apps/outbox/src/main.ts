import { randomBytes } from 'node:crypto';
import closeWithGrace from 'close-with-grace';
import { outboxAccess } from './access.ts';
import { readConfig } from './config.ts';
import { memoryMessages } from './messages.ts';
import { outbox } from './outbox.ts';

const { port, token } = readConfig(process.env);
const random = (lengthBytes: number) => Uint8Array.from(randomBytes(lengthBytes));
const app = outbox(memoryMessages(Date, 200), outboxAccess(token, random));
// Loopback only: it shows codes, and its one guard is a token.
await app.listen({ host: '127.0.0.1', port });
process.stdout.write(`${JSON.stringify({ level: 30, msg: 'listening' })}\n`);
closeWithGrace({ delay: 3000 }, () => app.close());
