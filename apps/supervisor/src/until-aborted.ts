/** Resolves when the signal fires, however late; the process stays until then. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    // Only holds the process open. No timer of Node's waits longer than 25 days, so one that is waited for would end Hexkey then.
    const hold = setInterval(() => {}, 2 ** 30);
    const end = () => {
      clearInterval(hold);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
