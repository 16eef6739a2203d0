import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { frontDoor } from './front-door.ts';

const log = pino({ base: { part: 'front-door' } });
const config = readConfig(process.env);
const server = frontDoor(config, (part, code) => log.warn({ to: part, code }, 'a part did not answer'));
server.listen(config.port, config.host, () => log.info('listening'));
closeWithGrace({ delay: 3000, logger: false }, async ({ err }) => {
  if (err) log.error({ err }, 'unexpected failure');
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});
