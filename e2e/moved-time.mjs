// Loaded into every process of an installation whose time a test moves (plain JavaScript: it also runs in Vite and in what that starts). What a
// machine shows after a day asleep: both the time of day and the time since its start have gone on. The offset is read each time, so that all
// processes move at once.
import childProcess from 'node:child_process';
import { openSync, readSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

const file = openSync(new URL(new URL(import.meta.url).searchParams.get('offset') ?? ''), 'r');
const bytes = Buffer.alloc(8);
const offsetMs = () => {
  readSync(file, bytes, 0, bytes.length, 0);
  return bytes.readDoubleLE();
};

const { now } = Date;
Date.now = () => now() + offsetMs();
globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [target.now()] : given, newTarget),
});

const { uptime } = os;
os.uptime = () => uptime() + offsetMs() / 1000;

// The supervisor hands its parts nothing of its own environment that it does not know.
const { spawn } = childProcess;
childProcess.spawn = (program, args, options) =>
  spawn(program, args, {
    ...options,
    env: { ...(options.env ?? process.env), NODE_OPTIONS: process.env.NODE_OPTIONS },
  });
syncBuiltinESMExports();
