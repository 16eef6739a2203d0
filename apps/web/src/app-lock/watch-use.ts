import type { AppLock } from './app-lock.ts';

const signsOfUse = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;
const lookEveryMs = 5_000;

/** Tells the lock what happens in this page, and what other tabs wrote. @returns its end */
export function watchUse(lock: AppLock): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  for (const sign of signsOfUse)
    window.addEventListener(sign, lock.noteUse, { signal, passive: true, capture: true });
  document.addEventListener(
    'visibilitychange',
    () => (document.visibilityState === 'hidden' ? lock.noteHidden() : lock.look()),
    { signal },
  );
  window.addEventListener('storage', lock.look, { signal });
  const timer = setInterval(lock.look, lookEveryMs);
  return () => {
    ended.abort();
    clearInterval(timer);
  };
}
