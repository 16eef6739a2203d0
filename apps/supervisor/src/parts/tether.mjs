// Loaded into every part before its own code (plain JavaScript: it also runs in Vite). The channel to the supervisor
// closes when that one dies, however it dies: then the part ends too, even one that does not listen or does not finish.
const graceMs = 5000;

if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), graceMs).unref();
    // A part that has its own way to end uses that; a signal on top would cut it short.
    if (process.listenerCount('disconnect') === 0) process.kill(process.pid, 'SIGTERM');
  });
  // Listening must not keep alive a part that has nothing left to do.
  process.channel.unref();
}
