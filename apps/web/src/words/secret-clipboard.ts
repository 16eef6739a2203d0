/** Long enough to reach the other app, and no longer. */
export const wipeAfterMs = 60_000;

/** What of the browser it needs. */
export interface ClipboardPort {
  write(text: string): Promise<void>;
  /** @returns how to call it off */
  after(milliseconds: number, work: () => void): () => void;
  /** Calls once, when the page has the focus again. @returns how to call it off */
  onceFocused(work: () => void): () => void;
}

/**
 * Copies what nobody else may read, and empties the clipboard a minute later. A page without the focus may not write there (W3C
 * Clipboard API, section 9): then it is emptied as soon as the page has it again. Nothing can be read back, so a text that was copied
 * elsewhere in that minute goes too.
 */
export function secretClipboard(port: ClipboardPort): (text: string) => Promise<void> {
  let callOff = () => {};
  const wipe = async () => {
    try {
      await port.write('');
    } catch {
      // Without the focus, or the permission: the next time the page is looked at may have both.
      callOff = port.onceFocused(() => void wipe());
    }
  };
  return async (text) => {
    await port.write(text);
    callOff();
    callOff = port.after(wipeAfterMs, () => void wipe());
  };
}
