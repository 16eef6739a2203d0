import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import web from './package.json' with { type: 'json' };
import { shellList } from './src/offline/write-shell-list.ts';

const worker = 'service-worker';
const pageOf = (mode: string) => (mode === 'fake' ? 'src/testing/fake.html' : 'index.html');
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * `vite build` writes the client to HEXKEY_WEB_OUT with the operator's public key compiled in, so that no server can
 * name another one. `--mode fake` builds the same screens over an in-memory SDK, for tests of the screens alone.
 */
export default defineConfig(({ mode }) => ({
  root: here('.'),
  plugins: [react(), tailwindcss(), shellList(pageOf(mode))],
  define: {
    __HEXKEY_OPERATOR_KEY__: JSON.stringify(process.env.HEXKEY_OPERATOR_KEY ?? ''),
    __HEXKEY_TEAM_KEY__: JSON.stringify(process.env.HEXKEY_TEAM_KEY ?? ''),
    __HEXKEY_VERSION__: JSON.stringify(web.version),
  },
  build: {
    outDir: process.env.HEXKEY_WEB_OUT ?? here('./dist'),
    emptyOutDir: true,
    // A data: URL would need a wider policy, and the polyfill would be an inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: here(`./${pageOf(mode)}`), [worker]: here('./src/offline/service-worker.ts') },
      output: {
        // At the root, since a worker is in charge of what lies below it, and always there: browsers look for the next one at the same place.
        entryFileNames: ({ name }) => (name === worker ? `${worker}.js` : 'assets/[name]-[hash].js'),
        // Two files that load side by side: the screens, and the SDK with its cryptography, which changes at another pace. Conversations and
        // the wallet are loaded with the first need of them (`lazy-chats.ts`, `lazy-wallet.ts`).
        codeSplitting: {
          groups: [
            {
              name: 'sdk',
              test: /packages\/(sdk\/src\/(?!chats\/(?!lazy-chats)|wallet\/(create-wallet|limits-view|tell-nodes|ledger|sign|transfers\/(?!kept)|pay\/passkey-pay|key\/(commit|ensure|run|seal|wallet-order)))|protocol\/(?!src\/(attachments|wallet\/(threshold|wire|policy|write-transfer)))|contract\/)|node_modules\/(@noble|@scure|cborg|idb|typebox)\//,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
}));
