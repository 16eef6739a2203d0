import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext } from '@hexkey/testing';

/** The time of an installation and of its browsers, which go on together as on machines that slept. */
export interface MovingTime {
  /** For `startHexkey`. */
  readonly env: Readonly<Record<string, string>>;
  /** Moves all processes at once. Pages that are open are loaded anew, as after a night; those opened later have the new time. */
  moveOn(milliseconds: number, browser: Browser): Promise<void>;
  /** Moves all at once, pages that are open with them: somebody waits before them. Timers run as long as ever. */
  waitOut(milliseconds: number, browser: Browser): Promise<void>;
  /** For a context that is opened after time was moved. */
  bring(context: BrowserContext): Promise<void>;
}

/** @param folder where the offset rests, read by `moved-time.mjs` */
export function movingTime(folder: string): MovingTime {
  const path = join(folder, 'moved-time');
  let offsetMs = 0;
  const write = () => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(offsetMs);
    // Written over in one go: nobody reads half of it.
    const file = openSync(path, offsetMs === 0 ? 'w' : 'r+');
    writeSync(file, bytes, 0, bytes.length, 0);
    closeSync(file);
  };
  write();
  const preload = new URL('moved-time.mjs', import.meta.url);
  preload.searchParams.set('offset', pathToFileURL(path).href);
  // Each adds to those before it in the same context.
  const adding = (milliseconds: number) => `{
    const { now } = Date;
    Date.now = () => now() + ${milliseconds};
    globalThis.Date = new Proxy(Date, {
      construct: (target, given, newTarget) =>
        Reflect.construct(target, given.length === 0 ? [target.now()] : given, newTarget),
    });
  }`;
  const add = async (context: BrowserContext, milliseconds: number) =>
    void (await context.addInitScript(adding(milliseconds)));
  return {
    env: { NODE_OPTIONS: `--import=${preload.href}` },
    bring: (context) => add(context, offsetMs),
    async moveOn(milliseconds, browser) {
      offsetMs += milliseconds;
      write();
      for (const context of browser.contexts()) {
        await add(context, milliseconds);
        for (const page of context.pages()) await page.reload();
      }
    },
    async waitOut(milliseconds, browser) {
      offsetMs += milliseconds;
      write();
      for (const context of browser.contexts()) {
        await add(context, milliseconds);
        for (const page of context.pages()) await page.evaluate(adding(milliseconds));
      }
    },
  };
}
