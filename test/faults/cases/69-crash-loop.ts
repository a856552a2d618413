import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../../electron/base/clock.ts';
import { apiOf } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { type GateRig, pidOf, startGateRig, until } from '../link.ts';

const crashes = 5;
const restMs = 5000;

const shownAlarm = async (rig: GateRig): Promise<boolean> => {
  const { alarms } = await apiOf(rig).status.query();
  return alarms.some(({ id, startsAgain }) => id === 'line-safe' && startsAgain === true);
};

/** Kills `line` as soon as it works, until it is not started any more. */
const crashOften = async (rig: GateRig): Promise<void> => {
  const line = rig.station.process('line');
  for (let crash = 1; crash <= crashes; crash++) {
    const pid = pidOf(line);
    process.kill(pid, 'SIGKILL');
    if (crash < crashes) await until(async () => line.pid() !== pid && line.known().watched.heartbeatAtMs !== null);
  }
};

/** The process that decides crashes again and again; then a person has it started at the screen. */
export const fault: Fault = {
  numbers: [69],
  name: 'crash loop',
  toPass: '5 crashes in 300 s, then safe mode: PLC in fail-safe, one alarm, started again at the screen',
  quick: false,
  async run() {
    const rig = await startGateRig(30);
    try {
      const line = rig.station.process('line');
      const fromMs = monoMs();
      await crashOften(rig);
      const withinMs = monoMs() - fromMs;
      const alarmMs = await until(() => shownAlarm(rig));
      const failSafeMs = await rig.untilFailSafe(true);
      const pid = line.pid();
      await sleep(restMs);
      const rests = line.pid() === pid && line.known().watched.state === 'safe';
      await apiOf(rig).startAgain.mutate();
      const backMs = await rig.untilFailSafe(false);
      const isAlarmGone = (await until(async () => !(await shownAlarm(rig)))) >= 0;
      return {
        happened: `\`line\` crashed ${crashes} times within ${Math.round(withinMs / 1000)} s and was ${rests ? 'left alone' : 'started again'}; a person started it.`,
        measured: { crashes, alarmMs, failSafeMs, restedMs: restMs, backMs },
        passed: rests && isAlarmGone && withinMs < 300_000,
      };
    } finally {
      await rig.stop();
    }
  },
};
