import { memoryBlobs, newServerKeys, openEmbedded, startApi } from '@hexkey/api';
import { fromHex } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { pino } from 'pino';
import { readInstallation } from './installation-file.ts';
import { movedClock } from './moved-clock.ts';
import { systemRandom } from './system-random.ts';

// `api-process FILE OFFSET`: the account server over its embedded database on the disk.
const [file = '', offset = ''] = process.argv.slice(2);
const { seed, apiPort, apiDirectory, signedNodeSet, operatorKey } = readInstallation(file);
const clock = movedClock(Number(offset));
const api = await startApi(
  {
    host: '127.0.0.1',
    port: apiPort,
    signedNodeSet,
    operatorKey: fromHex(operatorKey),
    minimumClientVersion: '0.1.0',
    proofOfWorkBits: 1,
    trustProxy: false,
  },
  {
    clock,
    random: systemRandom,
    keys: newServerKeys(seededRandom(seed)),
    sms: null,
    database: await openEmbedded(apiDirectory),
    blobs: memoryBlobs(),
    log: pino({ level: 'silent' }),
  },
);
process.on('message', (order: { offset: number }) => {
  clock.moveTo(order.offset);
  process.send?.('done');
});
process.once('disconnect', () => void api.close().then(() => process.exit(0)));
process.send?.('ready');
