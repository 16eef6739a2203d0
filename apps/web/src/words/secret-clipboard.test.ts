import { expect, test } from 'vitest';
import { secretClipboard, wipeAfterMs } from './secret-clipboard.ts';

/** A clipboard that only a page with the focus may write to, and a time that a test moves. */
function aPage() {
  let clipboard = '';
  let hasFocus = true;
  let nowMs = 0;
  const waits = new Map<() => void, number>();
  const focusWaits = new Set<() => void>();
  const copySecret = secretClipboard({
    async write(text) {
      if (!hasFocus) throw new DOMException('', 'NotAllowedError');
      clipboard = text;
    },
    after(milliseconds, work) {
      waits.set(work, nowMs + milliseconds);
      return () => waits.delete(work);
    },
    onceFocused(work) {
      focusWaits.add(work);
      return () => focusWaits.delete(work);
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    copySecret,
    clipboard: () => clipboard,
    async wait(milliseconds: number) {
      nowMs += milliseconds;
      for (const [work, atMs] of [...waits])
        if (atMs <= nowMs) {
          waits.delete(work);
          work();
        }
      await settle();
    },
    async focus(has: boolean) {
      hasFocus = has;
      if (has)
        for (const work of [...focusWaits]) {
          focusWaits.delete(work);
          work();
        }
      await settle();
    },
  };
}

test('what was copied is gone after a minute, and not before', async () => {
  const page = aPage();
  await page.copySecret('legal winner');
  await page.wait(wipeAfterMs - 1);
  expect(page.clipboard()).toBe('legal winner');
  await page.wait(1);
  expect(page.clipboard()).toBe('');
});

test('a page that is not looked at empties the clipboard when it is', async () => {
  const page = aPage();
  await page.copySecret('legal winner');
  await page.focus(false);
  await page.wait(wipeAfterMs);
  expect(page.clipboard()).toBe('legal winner');
  await page.focus(true);
  expect(page.clipboard()).toBe('');
});

test('a second copy has a minute of its own', async () => {
  const page = aPage();
  await page.copySecret('legal');
  await page.wait(wipeAfterMs / 2);
  await page.copySecret('winner');
  await page.wait(wipeAfterMs / 2);
  expect(page.clipboard()).toBe('winner');
  await page.wait(wipeAfterMs / 2);
  expect(page.clipboard()).toBe('');
});

test('a copy that the browser refuses is said, and nothing is wiped later', async () => {
  const page = aPage();
  await page.focus(false);
  await expect(page.copySecret('legal')).rejects.toThrow();
  await page.focus(true);
  await page.wait(wipeAfterMs);
  expect(page.clipboard()).toBe('');
});
