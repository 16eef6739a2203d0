/** What a page says to the service worker that waits: no page needs the version before any more. */
export const takeOver = 'take-over';
