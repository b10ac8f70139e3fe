import { defineConfig } from 'vitest/config';
import { version } from './package.json';

export default defineConfig({
  define: { VERSION: JSON.stringify(version) },
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
    // Threads start sooner than processes.
    pool: 'threads',
    // Bounds for what hangs, not for how fast a machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    typecheck: { enabled: false },
  },
});
