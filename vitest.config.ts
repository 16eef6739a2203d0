import { defineConfig } from 'vitest/config';

// A condition that holds in milliseconds takes seconds on two busy cores; one that never holds is found all the same.
const patience = { poll: { timeout: 60_000 } };
const setupFiles = ['packages/testing/src/steady-fetch.setup.ts'];

export default defineConfig({
  test: {
    // Argon2id and browsers fill two cores by themselves; more workers only make tests wait for each other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles,
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/*/src/**/*.test.{ts,tsx}',
            '{bench,scripts}/**/*.test.ts',
          ],
          // Files share a worker's modules: to load them anew for each file took as long as the tests. So no test changes a module or a
          // global without putting it back.
          isolate: false,
          // `npm test` runs the browsers' suite at the same time.
          expect: patience,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          // What touches a database, once more on a real PostgreSQL: `npm run test:services`.
          name: 'services',
          setupFiles,
          include: [
            'apps/api/src/**/*.test.ts',
            'apps/pin-node/src/records/pin-store.test.ts',
            'packages/sdk/src/{create-hexkey,two-tabs}.test.ts',
            'packages/sdk/src/node-move/move-wallet.test.ts',
            'packages/sdk/src/{devices,team-hexkey}/*.test.ts',
            'e2e/*.services.ts',
          ],
          // These open no database, or ask nothing of it that the others do not: what the gate refuses reaches none.
          exclude: [
            'apps/api/src/{main,config,identifiers}.test.ts',
            'apps/api/src/http/{bad-input,every-route}.test.ts',
            'apps/api/src/delivery/{delivery-service,fan-out,killed-api,micro-batch}.test.ts',
            'apps/api/src/{groups/apply-commit,keys/*,limits/subjects,socket/*}.test.ts',
            'apps/api/src/{database/directory-lock,legacy-accounts/read-legacy-hash}.test.ts',
            'apps/api/src/phone-verification/{failover,outbox}-sender.test.ts',
          ],
          // As above.
          isolate: false,
          expect: patience,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          setupFiles,
          include: ['e2e/**/*.e2e.ts'],
          exclude: ['e2e/pin-schedules.e2e.ts'],
          expect: patience,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          isolate: false,
          fileParallelism: false,
        },
      },
      {
        test: {
          // The PIN network's schedules of crashes: minutes that no journey has to wait for.
          name: 'schedules',
          setupFiles,
          include: ['e2e/pin-schedules.e2e.ts'],
          expect: patience,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
