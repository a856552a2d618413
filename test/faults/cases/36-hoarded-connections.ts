import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Rig, startRig } from '../../../electron/cli/bench/rig.ts';
import type { Attack } from '../attack.ts';
import { emptyBelt, letBy } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { greet, hello } from '../hello.ts';
import { pidOf, useOf } from '../link.ts';

const mostMs = 100;
const patienceMs = 3000;
const greetEveryMs = 200;
const settleMs = 2000;
const calmParts = 300;
const parts = 900;

/** Somebody hoards connections and floods, at the OPC UA server that we share with the simulated MES, and at the operator API. */
export const fault: Fault = {
  numbers: [36],
  name: 'connection hoarding, chunk floods, slow-loris',
  toPass: 'legitimate connect ≤ 100 ms at OPC UA and API; 0 verdicts missing',
  quick: false,
  async run() {
    const rig = await startRig(['--rate', '60'], () => undefined);
    const apiPort = Number(new URL(rig.url).port);
    const opcuaPort = rig.factory.ports.mes;
    let attacker: ChildProcess | null = null;
    try {
      const calm = await underWay(rig, calmParts, opcuaPort, apiPort);
      attacker = fork(join(import.meta.dirname, '..', 'attack.ts'), [`${opcuaPort}`, `${apiPort}`]);
      await sleep(settleMs);
      const before = memoryOf(rig);
      const attacked = await underWay(rig, parts, opcuaPort, apiPort);
      const grownMiB = memoryOf(rig) - before;
      const { held, floods, floodBytes } = await toldBy(attacker);
      const { worstOpcuaMs, worstApiMs, medianOpcuaMs, medianApiMs, missing } = attacked;
      return {
        happened: `${held} idle sockets held, ${floods} floods of ${Math.round(floodBytes / 1e6)} MB; ${attacked.callers} callers came to each door.`,
        // What this machine takes without an attack is told beside it, and takes nothing off.
        measured: {
          worstOpcuaMs,
          worstApiMs,
          medianOpcuaMs,
          medianApiMs,
          missing,
          grownMiB,
          calmOpcuaMs: calm.worstOpcuaMs,
          calmApiMs: calm.worstApiMs,
        },
        passed: worstOpcuaMs <= mostMs && worstApiMs <= mostMs && missing === 0 && floods > 0,
      };
    } finally {
      attacker?.kill();
      await rig.stop();
    }
  },
};

/** Lets parts go by while callers come to both doors. */
const underWay = async (rig: Rig, count: number, opcuaPort: number, apiPort: number) => {
  await emptyBelt(rig);
  const visitor = visit(opcuaPort, apiPort);
  const { plc, came } = await letBy(rig, count);
  const { opcua, api } = await visitor.leave();
  return {
    callers: opcua.length,
    ...{ worstOpcuaMs: Math.max(...opcua), medianOpcuaMs: median(opcua) },
    ...{ worstApiMs: Math.max(...api), medianApiMs: median(api) },
    missing: plc.missing + plc.late + came.parts - plc.parts,
  };
};

/** Comes to both doors again and again, each time as somebody new. */
const visit = (opcuaPort: number, apiPort: number) => {
  const took = { opcua: [] as number[], api: [] as number[] };
  let isLeaving = false;
  const visiting = (async () => {
    while (!isLeaving) {
      took.opcua.push(await greet(opcuaPort, hello(opcuaPort), patienceMs));
      took.api.push(await greet(apiPort, `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${apiPort}\r\n\r\n`, patienceMs));
      await sleep(greetEveryMs);
    }
    return took;
  })();
  return {
    leave() {
      isLeaving = true;
      return visiting;
    },
  };
};

const toldBy = async (attacker: ChildProcess): Promise<Attack> => {
  attacker.send('tell');
  const [attack] = (await once(attacker, 'message')) as [Attack];
  return attack;
};

/** Resident memory of who is attacked, MiB. */
const memoryOf = ({ factory, station }: Rig): number =>
  useOf(pidOf(factory.mes)).rssMiB + useOf(pidOf(station.process('records'))).rssMiB;

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
