import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { ApiRouter } from '../../../electron/contract/api.ts';
import { aRecord } from '../../records/record.ts';
import type { Fault, Outcome } from '../../faults/fault.ts';
import { aFeeder } from '../feeder.ts';
import { inspect } from '../inspect.ts';
import { aStation, startRecords } from '../station.ts';

const records = 600;
const hourMs = 3_600_000;
const patienceMs = 10_000;

/** Adds the seconds that a file holds to the wall clock of whoever loads it; the monotonic clock stays as it is. */
const clockSource = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <sys/time.h>
static long ahead(void) {
  long seconds = 0;
  FILE *file = fopen(getenv("CLOCK_FILE"), "r");
  if (file) { if (fscanf(file, "%ld", &seconds) != 1) seconds = 0; fclose(file); }
  return seconds;
}
int clock_gettime(clockid_t id, struct timespec *time) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(id, time);
  if (id == CLOCK_REALTIME) time->tv_sec += ahead();
  return result;
}
int gettimeofday(struct timeval *time, void *zone) {
  static int (*real)(struct timeval *, void *);
  if (!real) real = dlsym(RTLD_NEXT, "gettimeofday");
  int result = real(time, zone);
  time->tv_sec += ahead();
  return result;
}`;

const buildClock = (folder: string): string | null => {
  const library = join(folder, 'clock.so');
  const built = spawnSync('cc', ['-shared', '-fPIC', '-o', library, '-xc', '-', '-ldl'], { input: clockSource });
  return built.status === 0 ? library : null;
};

/** Sets the clock of the real process, and of the parts' records, an hour back while records come in. */
export const fault: Fault = {
  numbers: [48],
  name: 'clock set back an hour',
  toPass: '0 records out of order, 0 negative ages, the step is on record',
  quick: false,
  async run(): Promise<Outcome> {
    using station = aStation(18_748);
    const library = buildClock(station.folder);
    if (library === null)
      return { happened: '', measured: {}, passed: false, skipped: 'there is no C compiler here to shift a clock with' };
    const clockFile = join(station.folder, 'clock');
    writeFileSync(clockFile, '0');
    const running = startRecords(station, { env: { LD_PRELOAD: library, CLOCK_FILE: clockFile } });
    const startMs = Date.now();
    const feeder = aFeeder((sequence) =>
      aRecord({ sequence, decidedAtMs: startMs + sequence * 16 - (sequence > records / 2 ? hourMs : 0) }),
    );
    await running.ready;
    await feeder.feed(station.socket, records / 2);
    const api = createTRPCClient<ApiRouter>({ links: [httpBatchLink({ url: `${station.url}/api` })] });
    writeFileSync(clockFile, `${-hourMs / 1000}`);
    await feeder.feed(station.socket, records);
    let steps = 0;
    let negativeAges = 0;
    for (const untilMs = performance.now() + patienceMs; steps === 0 && performance.now() < untilMs; await sleep(100)) {
      const { alarms, atMs } = await api.status.query();
      steps = alarms.filter(({ id }) => id.startsWith('clock-step')).length;
      negativeAges += alarms.filter(({ sinceMs }) => sinceMs > atMs).length;
    }
    const { parts } = await api.parts.query({ lane: 'lane-1', limit: 200, before: records / 2 + 100 });
    const outOfOrder = parts.filter(
      ({ sequence }, index) => index > 0 && sequence !== (parts[index - 1]?.sequence ?? 0) - 1,
    ).length;
    await running.stop();
    const { missing } = inspect(station.file, records);
    return {
      happened: `The step was ${steps > 0 ? '' : 'not '}told; ${outOfOrder} records out of order, ${missing} missing.`,
      measured: { steps, outOfOrder, negativeAges, lost: missing },
      passed: steps > 0 && outOfOrder === 0 && negativeAges === 0 && missing === 0,
    };
  },
};
