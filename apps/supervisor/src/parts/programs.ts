import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** The folder of the monorepo. */
export const repository = at('.');

// Newer Nodes strip types themselves; on the others tsx does.
const features: Readonly<Record<string, unknown>> = { ...process.features };
const runtime = features.typescript === 'strip' ? [] : ['--import', 'tsx'];
// V8 lets the young generation of a process grow to three times 16 MB. With many processes on one computer that is most of their
// memory: less saves 15 to 40 MB in each. The API keeps it, as it has the work; a node that runs by itself is started without this.
const small = ['--max-semi-space-size=1'];
const tether = ['--import', new URL('./tether.mjs', import.meta.url).href];

/** Node's arguments for an app's command. Tied programs end with the supervisor. */
export function programOf(
  app: 'api' | 'devnet' | 'pin-node' | 'front-door' | 'outbox',
  ...args: string[]
): string[] {
  return [...(app === 'api' ? [] : small), ...runtime, ...tether, at(`apps/${app}/src/main.ts`), ...args];
}

/** Node's arguments for Vite over the web client. */
export function viteOf(...args: string[]): string[] {
  return [...tether, at('node_modules/vite/bin/vite.js'), ...args];
}
