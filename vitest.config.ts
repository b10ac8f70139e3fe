import { defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };

export default defineConfig({
  define: { VERSION: JSON.stringify(manifest.version) },
  test: {
    include: [
      'src/**/*.test.ts',
      'inspector/**/*.test.ts',
      'test/**/*.test.ts',
      'e2e/**/*.test.ts',
      'demo/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
      'warehouse/**/*.test.ts',
      'install/**/*.test.ts',
    ],
    environment: 'node',
    // Threads start faster than processes.
    pool: 'threads',
    // One for each core. Without this, Vitest leaves one core unused, which is half of a machine with two.
    maxWorkers: '100%',
    // Limits for tests that hang, not for slow machines.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    typecheck: { enabled: false },
  },
});
