import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';
import { bundledChromium, bundledChromiumFits } from './bundled-chromium.ts';
import type { ChromiumProgram } from './chromium-program.ts';

/** Where to look, so that a test can describe another machine. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isExecutable: (path: string) => boolean;
}

const namesOnPath = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
];
const installPaths: Readonly<Record<string, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const cacheFolder = fileURLToPath(new URL('../../../node_modules/.cache/hexkey', import.meta.url));

/**
 * The browser to test with: `HEXKEY_CHROMIUM` (a path, or `bundled`), else one on the PATH or in its usual install folder, else the one inside
 * the `@sparticuz/chromium` package (Linux on x64).
 * @throws {Error} one line that says what to install
 */
export async function findChromium(machine: Machine = thisMachine): Promise<ChromiumProgram> {
  const installed = machine.env.HEXKEY_CHROMIUM === 'bundled' ? null : findInstalled(machine);
  if (installed !== null) return { executablePath: installed, env: {} };
  if (bundledChromiumFits(machine.platform, machine.arch)) return bundledChromium(cacheFolder);
  throw new Error(
    'No browser found: install Chromium, Chrome or Edge, or set HEXKEY_CHROMIUM to its executable',
  );
}

/** A browser of this machine, or null. @throws {Error} when `HEXKEY_CHROMIUM` names none */
export function findInstalled({ platform, env, isExecutable }: Machine): string | null {
  const chosen = env.HEXKEY_CHROMIUM;
  if (chosen !== undefined && chosen !== '') {
    if (!isExecutable(chosen)) throw new Error(`HEXKEY_CHROMIUM is not an executable file: ${chosen}`);
    return chosen;
  }
  const ending = platform === 'win32' ? '.exe' : '';
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = namesOnPath.flatMap((name) => folders.map((folder) => join(folder, name + ending)));
  return [...onPath, ...(installPaths[platform] ?? [])].find(isExecutable) ?? null;
}

/** Starts a browser with a fresh profile that is deleted when it closes. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch(await launchOptions(options));
}

/** Starts a browser whose profile lives in `profileFolder` and stays there, to be looked into afterwards. */
export async function launchChromiumProfile(
  profileFolder: string,
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profileFolder, { ...options, ...(await launchOptions(options)) });
}

async function launchOptions(options: LaunchOptions): Promise<LaunchOptions> {
  const { executablePath, env } = await findChromium();
  return {
    ...options,
    executablePath,
    env: { ...process.env, ...env, ...options.env },
    args: [...flags, ...(options.args ?? [])],
  };
}

const thisMachine: Machine = {
  platform: process.platform,
  arch: process.arch,
  env: process.env,
  isExecutable: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
};
