import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { bundledChromiumFits } from './bundled-chromium.ts';
import { findChromium } from './chromium.ts';

test.runIf(bundledChromiumFits(process.platform, process.arch))(
  'a bare machine tests with the browser inside the package',
  async () => {
    const bare = { platform: 'linux', arch: 'x64', env: {}, isExecutable: () => false };
    const { executablePath, env } = await findChromium(bare);
    expect(executablePath).toContain('node_modules');
    const browser = await chromium.launch({ executablePath, env, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage();
      await page.setContent('<h1>six digits</h1>');
      expect(await page.textContent('h1')).toBe('six digits');
    } finally {
      await browser.close();
    }
  },
  300_000,
);
