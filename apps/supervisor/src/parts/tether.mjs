// Loaded into every part before its own code (plain JavaScript: it also runs in Vite). The channel to the supervisor
// closes when that one dies, however it dies: then the part ends too, even one that does not listen or does not finish.
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

const graceMs = 5000;

if (process.channel) {
  process.once('disconnect', () => {
    // Nobody reads the logs any more. A logger that flushes into the broken pipe while the process ends tries for ever
    // (sonic-boom's flushSync repeats after EPIPE), so both outputs go nowhere: the lowest free number is reused.
    for (const output of [1, 2]) {
      closeSync(output);
      openSync(devNull, 'w');
    }
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs).unref();
    // A part that has its own way to end uses that; a signal on top would cut it short.
    if (process.listenerCount('disconnect') === 0) process.kill(process.pid, 'SIGTERM');
  });
  // Listening must not keep alive a part that has nothing left to do.
  process.channel.unref();
}
