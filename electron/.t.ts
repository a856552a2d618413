import { provisionDemo } from './sim/provision.ts';
const t = performance.now();
console.log(await provisionDemo('/tmp/w/demo'), performance.now() - t);
