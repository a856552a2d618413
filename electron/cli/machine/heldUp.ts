import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Histogram } from '../../contract/histogram.ts';
import { type SimChild, startSim } from '../../sim/child.ts';

/**
 * How long the machine itself holds up a program that comes before every other: by its kernel, its firmware, or whoever it
 * shares its processors with. No station on it can be more punctual than that. In small what `cyclictest` measures.
 */
export interface HeldUp {
  /** Milliseconds since the start or the last reset, of the worst of the processors. */
  figures(): Promise<Histogram>;
  reset(): void;
  stop(): Promise<void>;
}

const probe = fileURLToPath(new URL('probe.ts', import.meta.url));

/** Starts a probe on each processor; costs about a hundredth of each. */
export const watchHeldUp = async (): Promise<HeldUp> => {
  const probes = await Promise.all(cpus().map((_, processor) => startProbe(processor)));
  return {
    async figures() {
      const each = (await Promise.all(probes.map(async (one) => one.figures()))) as Histogram[];
      return each.reduce(worse);
    },
    reset: () => probes.forEach((one) => one.reset()),
    stop: async () => void (await Promise.all(probes.map((one) => one.stop()))),
  };
};

const startProbe = async (processor: number): Promise<SimChild> => {
  const child = await startSim(`probe of processor ${processor}`, probe, []);
  // taskset is in an essential package of Debian and Ubuntu; without it the probe is where the kernel puts it.
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', `${processor}`, `${child.pid()}`], { stdio: 'ignore' });
  return child;
};

const worse = (a: Histogram, b: Histogram): Histogram => ({
  count: a.count + b.count,
  p50: Math.max(a.p50, b.p50),
  p99: Math.max(a.p99, b.p99),
  p999: Math.max(a.p999, b.p999),
  max: Math.max(a.max, b.max),
});
