/** What a build consists of, as its service worker carries it. */
export interface ShellList {
  /** Of all files together. */
  readonly version: string;
  /** Path to hash, in the form of Subresource Integrity. `/` is the page. */
  readonly files: Readonly<Record<string, string>>;
}

/** What a page says to the worker that waits: its owner wants the new version. A type, since the worker shares no code with pages. */
export type TakeOver = 'take-over';

/** What of the browser a shell needs, so that tests can stand in for it. */
export interface ShellBrowser {
  readonly origin: string;
  readonly caches: Pick<CacheStorage, 'open' | 'keys' | 'delete'>;
  fetch(path: string, init: RequestInit): Promise<Response>;
  after(milliseconds: number): Promise<void>;
}

const cachePrefix = 'hexkey/shell/';
/** So long a page waits for the server before it is taken from here. */
const patienceMs = 2_000;
/** Parts behind the front door: what they answer is never kept. */
const isOfPart = (path: string) => /^\/(api|nodes|ledger|health)(\/|$)/.test(path);
const isPage = (path: string) => !/\.[a-z0-9]+$/i.test(path);

/**
 * The files of one build, kept in this browser so that it opens without a network. All that is kept was checked against the hash that the
 * service worker carries: a shell is of one build or not there.
 */
export function createShell({ version, files }: ShellList, browser: ShellBrowser) {
  const cacheName = cachePrefix + version;
  const isKept = (path: string) => Object.hasOwn(files, path);

  /** @throws without a network, and when the server has another build by now */
  const fetchWhole = (path: string) =>
    browser.fetch(path, {
      ...(files[path] !== undefined && { integrity: files[path] }),
      // An operator may ask for a login in front of all of it.
      credentials: 'same-origin',
      // Names of assets carry their hash; everything else is asked for again.
      cache: path.startsWith('/assets/') ? 'default' : 'no-cache',
      redirect: 'error',
    });

  /**
   * The page of this build. From the server where it has the same one, since its headers may have changed: the policy names the hosts
   * of PIN nodes. Otherwise as it was kept: another build begins when its owner says so.
   */
  async function page(request: Request): Promise<Response> {
    const cache = await browser.caches.open(cacheName);
    const kept = await cache.match('/', { ignoreVary: true });
    // The browser may have thrown away what was kept.
    if (kept === undefined) return browser.fetch(request.url, { redirect: 'manual' });
    const fresh = fetchWhole('/').then(async (response) => {
      if (!response.ok) return kept;
      await cache.put('/', response.clone());
      return response;
    });
    return Promise.race([fresh, browser.after(patienceMs).then(() => kept)]).catch(() => kept);
  }

  async function file(path: string): Promise<Response> {
    const cache = await browser.caches.open(cacheName);
    return (await cache.match(path, { ignoreVary: true })) ?? fetchWhole(path);
  }

  return {
    /** Takes all files, or none. @throws one of them did not come, or was not the one of this build */
    async keep(): Promise<void> {
      const cache = await browser.caches.open(cacheName);
      try {
        await Promise.all(
          Object.keys(files).map(async (path) => {
            const response = await fetchWhole(path);
            if (!response.ok) throw new TypeError(`${path} was answered with ${response.status}`);
            await cache.put(path, response);
          }),
        );
      } catch (error) {
        await browser.caches.delete(cacheName);
        throw error;
      }
    },
    async dropOthers(): Promise<void> {
      const names = await browser.caches.keys();
      const others = names.filter((name) => name.startsWith(cachePrefix) && name !== cacheName);
      await Promise.all(others.map((name) => browser.caches.delete(name)));
    },
    /** @returns null: the browser asks the server, as if nobody stood between */
    answer(request: Request): Promise<Response> | null {
      const { origin, pathname } = new URL(request.url);
      if (request.method !== 'GET' || origin !== browser.origin || isOfPart(pathname)) return null;
      if (request.mode === 'navigate' && isPage(pathname)) return page(request);
      return isKept(pathname) && pathname !== '/' ? file(pathname) : null;
    },
  };
}
