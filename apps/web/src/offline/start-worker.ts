import { registerServiceWorker } from '@hexkey/sdk/browser';

/** Keeps this build in the browser, so that it opens without a network. */
export async function startWorker(): Promise<void> {
  try {
    await registerServiceWorker();
  } catch (error) {
    // Private windows of some engines have none, and a full disk takes no files: the client works as before, with a network.
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
  }
}
