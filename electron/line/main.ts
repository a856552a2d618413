import { parseArgs } from 'node:util';
import { forPerson } from '../base/errors.ts';
import { openLog } from '../base/log.ts';
import { tellParent } from '../base/parent.ts';
import { priorities, takePriority } from '../base/priority.ts';
import { loadStation } from '../config/load.ts';
import { factsSocket } from '../config/paths.ts';
import type { FromProcess, ToProcess } from '../contract/process.ts';
import { openFactsLink } from './factsLink.ts';
import { openRunningLane, type RunningLane } from './runningLane.ts';

/** PROCESS `line`: tracks parts, decides, commands the gates. Stops and starts without a look at disk or network but the PLC's. */
const statusEveryMs = 200;
const heartbeatEveryMs = 100;
const tickEveryMs = 5;
/** A start waits so long for `records`, so that the PLC hears the numbers that are on record; then it goes ahead. */
const patienceMs = 5000;

const log = openLog('line');
const tell = (message: FromProcess): void => tellParent(message);

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { station: { type: 'string' } } });
  const station = loadStation(values.station ?? 'station.toml');
  const names = station.lane.map((lane) => lane.name);
  let lanes: RunningLane[] = [];
  const facts = openFactsLink({
    ...{ path: factsSocket(station.dataDir), station: station.station, lanes: names },
    onReset: (name, by) => lanes.find((lane) => lane.name === name)?.resetInterlocks(by),
  });
  const heard = JSON.parse(process.env['LINEGATE_LAST_SEQUENCES'] ?? '{}') as Record<string, number>;
  const { from, isBlind } = await facts.begin(heard, patienceMs);
  if (isBlind) log.warn('records does not answer; parts are numbered when it does');
  lanes = station.lane.map((config) => openRunningLane(station, config, from[config.name] ?? 0, { facts, log }));

  const timers = [
    setInterval(() => {
      for (const lane of lanes) lane.onTime();
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
    setInterval(() => {
      const work = lanes.reduce((sum, lane) => sum + lane.work(), 0);
      const lastSequence = Object.fromEntries(
        lanes.map(({ name, lastSequence }) => [name, facts.numberOf(name, lastSequence())]),
      );
      tell({ type: 'heartbeat', work, rssBytes: process.memoryUsage.rss(), lastSequence });
    }, heartbeatEveryMs),
  ];

  const stop = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    await Promise.all(lanes.map((lane) => lane.close()));
    facts.close();
    process.exit(0);
  };
  process.on('message', (message: ToProcess) => {
    if (message.type === 'stop') void stop();
    if (message.type === 'figures') tell({ type: 'figures', figures: lanes.map((lane) => lane.figures()) });
    if (message.type === 'reset') for (const lane of lanes) lane.reset();
  });
  process.on('SIGTERM', () => void stop());
  // Ctrl-C reaches the whole group; the supervisor asks us to stop in its own order.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => void stop());
  tell({ type: 'ready' });
};

takePriority(priorities.sorting);
main().catch((error: unknown) => {
  log.fatal(forPerson(error));
  process.exit(1);
});
