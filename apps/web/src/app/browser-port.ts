import type { BrowserPort } from './app-dependencies.ts';

/** The real browser. */
export const browserPort: BrowserPort = {
  languages: navigator.languages,
  copyText: (text) => navigator.clipboard.writeText(text),
  persistStorage: () => navigator.storage.persist(),
  isStoragePersistent: () => navigator.storage.persisted(),
  reload: () => location.reload(),
};
