import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { expect, test } from 'vitest';
import { freePort, freePorts } from './free-ports.ts';

test('a port given to a test is none that an outgoing connection could take', async () => {
  const ports = await freePorts(5);
  expect(new Set(ports).size).toBe(5);
  const range =
    platform() === 'linux' ? readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8') : '49152';
  for (const port of ports) expect(port).toBeLessThan(Number.parseInt(range, 10));
  // The highest port that `fetch` refuses, whoever listens.
  for (const port of ports) expect(port).toBeGreaterThan(10_080);
});

test('a port somebody listens on is passed over, and none is given twice soon', async () => {
  const before = await freePort();
  const holder = createServer().listen(before + 1, '127.0.0.1');
  await once(holder, 'listening');
  const after = await freePorts(3);
  holder.close();
  expect(after).not.toContain(before);
  expect(after).not.toContain(before + 1);
});
