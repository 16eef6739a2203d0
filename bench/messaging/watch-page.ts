/** What a watched page has noted, by the clock that all pages of a machine share. Milliseconds since 1970, with fractions. */
export interface PageNotes {
  /** The last press of Enter. */
  pressedAtMs: number;
  /** When a text was first in the page. */
  shownAtMs(text: string): Promise<number>;
  /** Sends a frame of 400 bytes over a bare socket. @returns when */
  sendRaw(): number;
  /** When so many frames had come over it. */
  heardAtMs(count: number): Promise<number>;
}

declare global {
  interface Window {
    benchNotes: PageNotes;
  }
}

/**
 * Runs in a page, alone: takes notes from now on, and opens a bare socket. Texts that are noted look like `note-1000-17`.
 * @param floorUrl of a server that passes frames on between two sockets
 */
export async function watchPage(floorUrl: string): Promise<void> {
  const nowMs = () => performance.timeOrigin + performance.now();
  const shown = new Map<string, number>();
  const heard: number[] = [];
  const looks = new Set<() => void>();
  const until = <T>(look: () => T | undefined) =>
    new Promise<T>((resolve) => {
      const again = () => {
        const found = look();
        if (found === undefined) return;
        looks.delete(again);
        resolve(found);
      };
      looks.add(again);
      again();
    });
  const lookAgain = () => {
    for (const look of [...looks]) look();
  };
  new MutationObserver(() => {
    const atMs = nowMs();
    for (const [text] of (document.body.textContent ?? '').matchAll(/note-\d+-\d+(?!\d)/g))
      if (!shown.has(text)) shown.set(text, atMs);
    lookAgain();
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  const socket = new WebSocket(floorUrl);
  socket.binaryType = 'arraybuffer';
  const isReady = new Promise<void>((resolve, reject) => {
    socket.onmessage = () => resolve();
    socket.onerror = () => reject(new Error('no bare socket'));
  });
  await isReady;
  socket.onmessage = () => {
    heard.push(nowMs());
    lookAgain();
  };
  window.benchNotes = {
    pressedAtMs: 0,
    shownAtMs: (text) => until(() => shown.get(text)),
    sendRaw() {
      const atMs = nowMs();
      socket.send(new Uint8Array(400));
      return atMs;
    },
    heardAtMs: (count) => until(() => heard[count - 1]),
  };
  window.addEventListener(
    'keydown',
    ({ key }) => {
      if (key === 'Enter') window.benchNotes.pressedAtMs = nowMs();
    },
    { capture: true },
  );
}
