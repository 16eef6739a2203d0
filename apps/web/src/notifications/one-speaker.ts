/**
 * Of the tabs of one account, one speaks, and none while one is looked at. Web Locks: what a tab holds ends with it.
 * @returns `maySpeak`, and the end of it
 */
export function oneSpeaker(accountId: string) {
  const ended = new AbortController();
  const { signal } = ended;
  const lookedAt = `hexkey/v1/looked-at/${accountId}`;
  let isSpeaker = false;
  let looksAway: (() => void) | null = null;

  const hold = (name: string, mode: LockMode, until: (letGo: () => void) => void) =>
    navigator.locks
      .request(name, { mode, signal }, () => new Promise<void>((letGo) => until(letGo)))
      .catch((error: unknown) => {
        // Given up before its turn came.
        if (!signal.aborted) throw error;
      });
  void hold(`hexkey/v1/speaker/${accountId}`, 'exclusive', (letGo) => {
    isSpeaker = true;
    signal.addEventListener('abort', () => letGo());
  });

  const look = () => {
    const isLookedAt = document.visibilityState === 'visible' && document.hasFocus();
    if (!isLookedAt) {
      looksAway?.();
      looksAway = null;
    } else if (looksAway === null) {
      // Until the lock is there, looking away must be able to give it back.
      let isOver = false;
      let release: (() => void) | null = null;
      looksAway = () => {
        isOver = true;
        release?.();
      };
      void hold(lookedAt, 'shared', (letGo) => {
        release = letGo;
        if (isOver) letGo();
      });
    }
  };
  look();
  for (const [target, type] of [
    [window, 'focus'],
    [window, 'blur'],
    [document, 'visibilitychange'],
  ] as const)
    target.addEventListener(type, look, { signal });

  return {
    async maySpeak(): Promise<boolean> {
      if (!isSpeaker || looksAway !== null) return false;
      const { held = [] } = await navigator.locks.query();
      return !held.some(({ name }) => name === lookedAt);
    },
    end() {
      looksAway?.();
      ended.abort();
    },
  };
}
