import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { monoMs } from '../base/clock.ts';
import { forPerson, messageOf } from '../base/errors.ts';
import { openLog } from '../base/log.ts';
import { tellParent } from '../base/parent.ts';
import { priorities, takePriority } from '../base/priority.ts';
import { loadStation } from '../config/load.ts';
import { compiledFolder, factsSocket } from '../config/paths.ts';
import type { FromProcess, ToProcess } from '../contract/process.ts';
import { openFactsLink } from './factsLink.ts';
import { openRunningLane, type RunningLane } from './runningLane.ts';

/** PROCESS `line`: tracks parts, decides, commands the gates. Stops and starts without a look at disk or network but the PLC's. */
const statusEveryMs = 200;
const heartbeatEveryMs = 100;
const tickEveryMs = 5;
/** Together less than the supervisor waits for us. */
const closePatienceMs = 2000;
const flushPatienceMs = 2000;
const flushLookMs = 20;
/** A start waits so long for `records`, so that the PLC hears the numbers that are on record; then it goes ahead. */
const patienceMs = 5000;

const log = openLog('line');
/** A `vision` process that is started again finds its code compiled: a quarter of the time in which nobody inspects. */
const keepCompiled = (folder: string): void => {
  try {
    // Nothing is believed that lay on the disk before: what is compiled cannot be checked against its source.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    process.env['NODE_COMPILE_CACHE'] = folder;
  } catch (error) {
    // A disk that is full or read-only stops no sorting.
    log.warn({ why: messageOf(error) }, 'compiled code is not kept: a camera process takes a little longer to come back');
  }
};

const tell = (message: FromProcess): void => tellParent(message);

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { station: { type: 'string' } } });
  const station = loadStation(values.station ?? 'station.toml');
  keepCompiled(compiledFolder(station.dataDir));
  const names = station.lane.map((lane) => lane.name);
  let lanes: RunningLane[] = [];
  const facts = openFactsLink({
    ...{ path: factsSocket(station.dataDir), station: station.station, lanes: names },
    onLossless: (wish) => lanes.find(({ name }) => name === wish.lane)?.keepLossless(wish),
    onReset: (name, by) => lanes.find((lane) => lane.name === name)?.resetInterlocks(by),
  });
  const heard = JSON.parse(process.env['LINEGATE_LAST_SEQUENCES'] ?? '{}') as Record<string, number>;
  const { from, isBlind } = await facts.begin(heard, patienceMs);
  if (isBlind) log.warn('records does not answer; parts are numbered when it does');
  lanes = station.lane.map((config) => {
    const start = { lastSequence: from[config.name] ?? 0, isRestart: (heard[config.name] ?? 0) > 0 };
    return openRunningLane(station, config, start, { facts, log });
  });

  /** Only ever after a tick of all lanes: a heartbeat proves that they got their turn. // faults #67 */
  const beat = (): void => {
    const work = lanes.map((lane) => lane.work());
    tell({
      type: 'heartbeat',
      work: work.reduce((sum, { frames, parts }) => sum + frames + parts, 0),
      rssBytes: process.memoryUsage.rss(),
      lastSequence: Object.fromEntries(lanes.map(({ name, lastSequence }) => [name, facts.numberOf(name, lastSequence())])),
      lanes: work,
    });
  };
  let beatAtMs = monoMs();
  const timers = [
    setInterval(() => {
      for (const lane of lanes) lane.onTime();
      if (monoMs() - beatAtMs < heartbeatEveryMs) return;
      beatAtMs = monoMs();
      beat();
    }, tickEveryMs),
    setInterval(
      () =>
        facts.tell({
          type: 'status',
          lanes: lanes.map((lane) => lane.status()),
          waitingRecords: facts.waiting(),
          isFull: facts.isFull(),
        }),
      statusEveryMs,
    ),
  ];

  // First the PLC hears that we are not ready any more, so that the gate is in fail-safe; then what was decided goes to `records`.
  const stop = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    await Promise.race([Promise.all(lanes.map((lane) => lane.close())), sleep(closePatienceMs)]);
    for (let leftMs = flushPatienceMs; facts.waiting() > 0 && leftMs > 0; leftMs -= flushLookMs) await sleep(flushLookMs);
    if (facts.waiting() > 0) log.error({ records: facts.waiting() }, 'records are not there to take these; they are lost');
    facts.close();
    process.exit(0);
  };
  let stopping: Promise<void> | null = null;
  const end = (): void => {
    stopping ??= stop();
  };
  process.on('message', (message: ToProcess) => {
    if (message.type === 'stop') end();
    if (message.type === 'figures') tell({ type: 'figures', figures: lanes.map((lane) => lane.figures()) });
    if (message.type === 'reset') for (const lane of lanes) lane.reset();
  });
  process.on('SIGTERM', end);
  // Ctrl-C reaches the whole group; the supervisor asks us to stop in its own order.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', end);
  // Who started us may have ended meanwhile: no event tells of that any more.
  if (process.send !== undefined && !process.connected) return end();
  takePriority(priorities.gate);
  tell({ type: 'ready' });
};

takePriority(priorities.loading);
main().catch((error: unknown) => {
  log.fatal(forPerson(error));
  process.exit(1);
});
