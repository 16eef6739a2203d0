import { connectDevice } from './messaging/bench-device.ts';
import {
  bodyBytes,
  connectTown,
  disconnectTown,
  drivePace,
  driveThroughput,
} from './messaging/drive-messages.ts';
import { measureFloor } from './messaging/measure-floor.ts';
import { measureShown } from './messaging/measure-shown.ts';
import { type MessagingProcess, startMessaging } from './messaging/messaging-process.ts';
import { conversationsOf, type Town } from './messaging/town.ts';
import type { MessagingOrder } from './messaging-server.ts';
import { startLocalPostgres } from './pin-network/local-postgres.ts';
import { percentile } from './pin-network/unlocks.ts';
import { type Result, recordResults } from './record-results.ts';

// What one account server delivers over real sockets: everything durable before it is answered, pushed, acked and deleted. The clients of the
// benchmark share the machine's cores with it and with its database.
const pairs = 250;
const window = 20;
const messages = Number(process.env.HEXKEY_BENCH_MESSAGES ?? 20_000);
const idleConnections = 2000;

/** Runs work against a server that is started for it. */
type NewServer = <T>(town: Town, work: (server: MessagingProcess) => Promise<T>) => Promise<T>;

const postgres = await startLocalPostgres();
if (postgres === null) say('no PostgreSQL server on this machine: its figures are left out');
try {
  say('the floor: frames passed on by ws alone');
  const floor = Math.round(await measureFloor(pairs, 3 * messages, window));
  if (postgres !== null) {
    const newServer: NewServer = async (town, work) =>
      withServer({ databaseUrl: await postgres.createDatabase(), town }, work);
    recordResults('messaging, PostgreSQL', [
      ...(await throughputs(newServer, 'PostgreSQL', messages, floor, postgres.cpuSeconds)),
      ...(await pace(newServer)),
      await memory(newServer),
    ]);
    say('shown in another browser');
    recordResults('messaging, shown in another browser', await measureShown(postgres));
  }
  const newServer: NewServer = (town, work) => withServer({ databaseUrl: null, town }, work);
  recordResults(
    'messaging, embedded database',
    await throughputs(newServer, 'the embedded database', messages / 5, floor, () => 0),
  );
} finally {
  await postgres?.stop();
}

async function withServer<T>(
  order: MessagingOrder,
  work: (server: MessagingProcess) => Promise<T>,
): Promise<T> {
  const server = await startMessaging(order);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function throughputs(
  newServer: NewServer,
  place: string,
  count: number,
  floor: number,
  databaseCpuSeconds: () => number,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const devicesOfReceiver of [1, 3]) {
    say(`${place}, ${devicesOfReceiver} devices`);
    const town = { pairs, devicesOfReceiver };
    results.push(
      ...(await newServer(town, (server) =>
        throughput(server, town, place, count, floor, databaseCpuSeconds),
      )),
    );
  }
  return results;
}

async function throughput(
  server: MessagingProcess,
  town: Town,
  place: string,
  count: number,
  floor: number,
  databaseCpuSeconds: () => number,
): Promise<readonly Result[]> {
  const lines = await connectTown(server.url, town);
  await driveThroughput(lines, count / 10, window);
  const before = await server.figures();
  const databaseBefore = databaseCpuSeconds();
  const ours = Math.round(await driveThroughput(lines, count, window));
  const { cpuSeconds, rowsLeft } = await server.figures();
  disconnectTown(lines);
  const each = (seconds: number) => Math.round((seconds * 1e6) / count);
  const cpuUs = each(cpuSeconds - before.cpuSeconds);
  const databaseUs = each(databaseCpuSeconds() - databaseBefore);
  const isGoal = place === 'PostgreSQL' && town.devicesOfReceiver === 1;
  const what = `1:1 messages of ${bodyBytes} B, receiver with ${town.devicesOfReceiver} devices, ${place}`;
  return [
    {
      metric: `${what}: sent, durable, pushed, acked by every device, deleted, a second (${count} over ${pairs} conversations, CPU for each: ${cpuUs} µs of the server, ${databaseUs} µs of a database beside it), against frames that ws alone passes on`,
      ours,
      peer: floor,
      ratio: rounded(ours / floor),
      unit: 'messages/s',
      goal: isGoal ? '>= 5000' : 'reported',
      met: !isGoal || ours >= 5000,
    },
    {
      metric: `${what}: rows of envelopes and queues left when everything was delivered, against the messages sent`,
      ours: rowsLeft,
      peer: count,
      ratio: rowsLeft / count,
      unit: 'rows',
      goal: '0',
      met: rowsLeft === 0,
    },
  ];
}

async function pace(newServer: NewServer): Promise<readonly Result[]> {
  say('1000 messages a second');
  const town = { pairs, devicesOfReceiver: 1 };
  const times = await newServer(town, async ({ url }) => {
    const lines = await connectTown(url, town);
    await drivePace(lines, 1000, 2);
    const measured = await drivePace(lines, 1000, 10);
    disconnectTown(lines);
    return measured;
  });
  return (
    [
      [0.5, 30],
      [0.99, 150],
    ] as const
  ).map(([fraction, goal]) => {
    const ours = rounded(percentile(times, fraction));
    return {
      metric: `from the sender's send to the frame at the receiver's socket, at 1000 messages/s on PostgreSQL, p${fraction * 100} of ${times.length}, against the goal`,
      ours,
      peer: goal,
      ratio: rounded(ours / goal),
      unit: 'ms',
      goal: `< ${goal} ms`,
      met: ours < goal,
    };
  });
}

async function memory(newServer: NewServer): Promise<Result> {
  say(`${idleConnections} idle connections`);
  const town = { pairs: idleConnections, devicesOfReceiver: 1 };
  const [warm, ...others] = conversationsOf(town).map(({ sender }) => sender);
  if (warm === undefined) throw new Error('nobody lives there');
  const [before, after] = await newServer(town, async (server) => {
    const connected = [await connectDevice(server.url, warm)];
    const without = await server.figures();
    for (const device of others) connected.push(await connectDevice(server.url, device));
    const figures = [without, await server.figures()] as const;
    for (const { socket } of connected) socket.removeAllListeners('close').terminate();
    return figures;
  });
  const perThousand = (after.residentBytes - before.residentBytes) / 2 ** 20 / (others.length / 1000);
  return {
    metric: `memory of the server for 1000 idle connections (${others.length} were opened), against the server without them`,
    ours: rounded(perThousand),
    peer: rounded(before.residentBytes / 2 ** 20),
    ratio: rounded(perThousand / (before.residentBytes / 2 ** 20)),
    unit: 'MiB',
    goal: 'reported',
    met: true,
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
