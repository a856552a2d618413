import { startSim } from './sim/child.ts';
import { provisionDemo } from './sim/provision.ts';
import { openMes } from './records/mes/mes.ts';
import { setTimeout as sleep } from 'node:timers/promises';
const n = Number(process.argv[2] ?? 5000);
const paths = await provisionDemo('/tmp/w/demo');
let t = performance.now();
const mes = await startSim('MES', new URL('./sim/mes/main.ts', import.meta.url).pathname, ['--port','4951','--pki',paths.mesPki,'--password-file',paths.passwordFile]);
console.log('mes up', performance.now() - t);
const rec = (sequence: number) => ({ station: 'S', lane: 'l', sequence, partId: sequence, encoder: 5, verdict: 'ok', reason: 'good', label: 'good', confidence: 0.99, scores: [0.9, 0.01, 0.01, 0.01, 0.01, 0.01], model: 'chips', modelVersion: '1.0.0', modelSha8: '01234567', provider: 'cpu', recipe: 'chips-in-tape', frameSequence: sequence, reject: false, gate: 'acknowledged', decidedAtMs: 1795000000000, decidedMonoMs: 123456.789, verdictMs: 2.34567, gateAckMs: 0.45678 });
let queue = Array.from({ length: n }, (_, i) => ({ id: `S/l/${i + 1}`, json: JSON.stringify(rec(i + 1)) }));
t = performance.now();
const c0 = process.cpuUsage();
const pump = openMes({ endpoint: 'opc.tcp://127.0.0.1:4951', securityPolicy: 'Basic256Sha256', userName: 'linegate', passwordFile: paths.passwordFile, objectId: 'ns=1;s=Mes', methodId: 'ns=1;s=Mes.ReportResults' }, paths.stationPki, {
  next: (limit) => queue.slice(0, limit), acknowledge: (ids) => { const s = new Set(ids); queue = queue.filter((q) => !s.has(q.id)); }, refused: (id, why) => console.log('refused', id, why),
}, (s) => console.log((performance.now() - t).toFixed(0), s));
while (queue.length > 0) await sleep(5);
const c = process.cpuUsage(c0);
console.log('drained', n, performance.now() - t, 'client cpu ms', (c.user + c.system) / 1000, await mes.figures());
await pump.close();
await mes.stop();
