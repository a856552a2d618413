import { defineConfig } from 'vitest/config';

/** A process of its own for each file: OpenCV's binding bears one isolate per process, and native code may crash. */
const common = { pool: 'forks' as const, env: { OPENCV4NODEJS_DISABLE_AUTOBUILD: '1' } };

export default defineConfig({
  test: {
    watch: false,
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'parts',
          include: ['{electron,renderer,models,build}/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole lines with cameras, PLC and MES: one after the other, so that they do not take each other's processor.
        test: {
          ...common,
          name: 'whole',
          include: ['test/**/*.test.{ts,tsx}'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
