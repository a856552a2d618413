import { startSim } from './sim/child.ts';
import { createServer, type Socket } from 'node:net';
import { rmSync } from 'node:fs';
import { encodeMessage, readMessages } from './base/framing.ts';
import { provisionDemo } from './sim/provision.ts';
import { openPlc } from './line/plc/link.ts';
import { openLog } from './base/log.ts';
import { monoMs } from './base/clock.ts';
import { setTimeout as sleep } from 'node:timers/promises';
const rate = Number(process.argv[2] ?? 60), seconds = Number(process.argv[3] ?? 10);
const paths = await provisionDemo('/tmp/w/demo');
rmSync('/tmp/w/wire.sock', { force: true });
let sock: Socket | null = null;
createServer((s) => { sock = s; s.on('error', () => {}); readMessages(s, () => {}); }).listen('/tmp/w/wire.sock').unref();
let t = performance.now();
const plc = await startSim('PLC', new URL('./sim/plc/main.ts', import.meta.url).pathname, ['--port','4950','--wiring','/tmp/w/wire.sock','--pki',paths.plcPki,'--password-file',paths.passwordFile]);
console.log('plc up', performance.now() - t);
t = performance.now();
const edgeAt = new Map<number, number>();
const trig: number[] = [], ack: number[] = [];
const outcomes: Record<string, number> = {};
let seq = 0;
const link = openPlc({ endpoint: 'opc.tcp://127.0.0.1:4950', securityPolicy: 'Basic256Sha256', userName: 'linegate', passwordFile: paths.passwordFile, nodeId: 'ns=1;s=Linegate.%s', tags: {} }, paths.stationPki, {
  onTrigger(tr) {
    trig.push(tr.receivedAtMs - (edgeAt.get(tr.encoder) ?? NaN));
    const t0 = monoMs();
    void link.send({ sequence: ++seq, partId: tr.partId, verdict: 'ok', reasonCode: 1, score: 0.9, reject: false, deadlineEncoder: tr.encoder + 3000, deadlineMs: t0 + 100 }).then((o) => { outcomes[o] = (outcomes[o] ?? 0) + 1; if (o === 'acknowledged') ack.push(monoMs() - t0); });
  },
  onBelt() {},
  onMissed(n) { outcomes.missed = (outcomes.missed ?? 0) + n; },
}, openLog('line'));
while (link.status().state !== 'connected') await sleep(5);
console.log('connected', performance.now() - t);
const speed = 24000; let part = 0; const t0 = monoMs();
const iv = setInterval(() => {
  const enc = Math.floor((monoMs() - t0) * speed / 1000);
  sock?.write(encodeMessage({ type: 'tick', encoder: enc, countsPerSecond: speed, running: true }));
  while ((part + 1) * 1000 / rate < monoMs() - t0) {
    part++;
    const e = Math.floor(part * speed / rate);
    edgeAt.set(e, monoMs());
    sock?.write(encodeMessage({ type: 'edge', part, encoder: e, truth: { label: 'good', bad: false } }));
    const left = part - Math.ceil(rate * 4000 / speed) - 2;
    if (left > 0) sock?.write(encodeMessage({ type: 'left', part: left, ejected: false }));
  }
}, 2);
const stat = (name: string, a: number[]) => { a.sort((x, y) => x - y); const q = (p: number) => a[Math.min(a.length - 1, Math.floor(a.length * p))]?.toFixed(3); console.log(name, a.length, 'p50', q(0.5), 'p90', q(0.9), 'p99', q(0.99), 'max', q(1)); };
await sleep(1500); trig.length = ack.length = 0;
const c0 = process.cpuUsage();
await sleep(seconds * 1000);
const c = process.cpuUsage(c0);
console.log('client cpu %', ((c.user + c.system) / 1e4 / seconds).toFixed(1));
clearInterval(iv);
await sleep(200);
stat('trigger', trig); stat('ack', ack);
console.log(part, outcomes, await plc.figures(), link.status());
await link.close();
await plc.stop();
process.exit(0);
