export type { Browser, BrowserContext, Page } from 'playwright-core';
export { findChromium, launchChromium, launchChromiumProfile } from './chromium.ts';
export { type FixedClock, fixedClock } from './fixed-clock.ts';
export { seededRandom } from './seeded-random.ts';
