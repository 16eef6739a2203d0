import { lazyPasskeys } from '../app-lock/lazy-passkeys.ts';
import { browserNotices } from '../notifications/browser-notices.ts';
import { secretClipboard } from '../words/secret-clipboard.ts';
import type { BrowserPort } from './app-dependencies.ts';

/** The real browser. */
export const browserPort: BrowserPort = {
  languages: navigator.languages,
  copyText: (text) => navigator.clipboard.writeText(text),
  copySecret: secretClipboard({
    write: (text) => navigator.clipboard.writeText(text),
    after(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    onceFocused(work) {
      window.addEventListener('focus', work, { once: true });
      return () => window.removeEventListener('focus', work);
    },
  }),
  persistStorage: () => navigator.storage.persist(),
  isStoragePersistent: () => navigator.storage.persisted(),
  share: 'share' in navigator ? shareText : null,
  saveText(fileName, text) {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = fileName;
    link.click();
    // Some engines read the address only after the click has returned.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  },
  reload: () => location.reload(),
  startOver() {
    // Back must not bring this page to life again: emptied now, and begun anew should the browser have kept it.
    addEventListener('pageshow', () => location.reload());
    document.getElementById('root')?.remove();
    location.replace('/');
  },
  notices: browserNotices,
  updates: {
    begin: async () => (await fetchUpdates()).beginWaiting(),
    beginNewest: () =>
      void fetchUpdates().then(
        ({ beginNewest }) => beginNewest(),
        () => location.reload(),
      ),
  },
  passkeys: lazyPasskeys,
};

const fetchUpdates = () => import('../app-update/updates.ts');

async function shareText(text: string): Promise<void> {
  try {
    await navigator.share({ text });
  } catch (error) {
    // They closed the browser's list without choosing.
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}
