import { defineConfig } from 'vitest/config';
import { PlainReporter } from './tooling/plain-reporter.ts';

/** Tests beside the code need nothing; those in `test/` and `e2e/` start real processes, servers and databases. */
export default defineConfig({
  test: {
    reporters: ['default', new PlainReporter()],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,apps}/*/src/**/*.test.ts'],
          isolate: false,
          testTimeout: 60_000,
          // A machine that is busy is slow, not wrong.
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          name: 'topology',
          include: ['e2e/topology.test.ts', 'e2e/chaos/*.test.ts', 'bench/*.test.ts', 'tooling/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'whole',
          globalSetup: ['tooling/leave-nothing.ts'],
          include: ['{packages,apps,examples}/*/test/**/*.test.ts', 'e2e/stories/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
