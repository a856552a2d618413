import { readFileSync } from 'node:fs';
import { startSim } from './sim/child.ts';
import { provisionDemo } from './sim/provision.ts';
import { openPlc } from './line/plc/link.ts';
import { openLog } from './base/log.ts';
import { monoMs } from './base/clock.ts';
import { setTimeout as sleep } from 'node:timers/promises';
const n = Number(process.argv[2] ?? 5000), pause = Number(process.argv[3] ?? 0);
const paths = await provisionDemo('/tmp/w/demo');
const plc = await startSim('PLC', new URL('./sim/plc/main.ts', import.meta.url).pathname, ['--port','4950','--wiring','/tmp/w/none.sock','--pki',paths.plcPki,'--password-file',paths.passwordFile]);
const link = openPlc({ endpoint: 'opc.tcp://127.0.0.1:4950', securityPolicy: 'Basic256Sha256', userName: 'linegate', passwordFile: paths.passwordFile, nodeId: 'ns=1;s=Linegate.%s', tags: {} }, paths.stationPki, { onTrigger() {}, onBelt() {} }, openLog('line'));
while (link.status().state !== 'connected') await sleep(5);
const cpuOf = () => { const f = readFileSync(`/proc/${plc.pid()}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(f[11]) + Number(f[12])) * 10; };
for (let k = 0; k < 3; k++) {
  const c0 = process.cpuUsage(), s0 = cpuOf(), ack: number[] = [];
  for (let i = 0; i < n; i++) {
    while (link.status().state !== 'connected') await sleep(20);
    const t0 = monoMs();
    await link.send({ sequence: k * n + i + 1, partId: 12345, verdict: 'ok', reasonCode: 1, score: 0.9, reject: false, deadlineEncoder: 3000, deadlineMs: t0 + 1000 });
    ack.push(monoMs() - t0);
    if (pause) await sleep(pause);
  }
  const c = process.cpuUsage(c0);
  ack.sort((a, b) => a - b);
  const q = (p: number) => ack[Math.min(ack.length - 1, Math.floor(ack.length * p))]!.toFixed(3);
  console.log('p10', q(0.1), 'p50', q(0.5), 'p90', q(0.9), 'p99', q(0.99), 'max', q(1), 'cpu/op client', ((c.user + c.system) / 1000 / n).toFixed(3), 'server', ((cpuOf() - s0) / n).toFixed(3), 'rss', (process.memoryUsage.rss()/1e6).toFixed(0));
}
await link.close();
await plc.stop();
process.exit(0);
