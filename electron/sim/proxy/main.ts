import { parseArgs } from 'node:util';
import { forPerson } from '../../base/errors.ts';
import { numberOf, obey, onOff } from '../control.ts';
import { openProxy } from './proxy.ts';

/** PROCESS fault proxy: a cable with faults. Its options are in the README beside it. */
const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { port: { type: 'string' }, target: { type: 'string' } } });
  const proxy = await openProxy(numberOf(values.port ?? ''), numberOf(values.target ?? ''));
  obey({
    knobs: {
      delay: { help: 'MS   how much later everything arrives', turn: (value) => proxy.delay(numberOf(value)) },
      swallow: { help: 'on|off   connections stay open, and nothing passes', turn: (value) => proxy.swallow(onOff(value)) },
      refuse: { help: 'on|off   who connects is turned away', turn: (value) => proxy.refuse(onOff(value)) },
      cut: { help: '   ends all connections', turn: () => proxy.cut() },
      target: { help: 'PORT   where new connections lead', turn: (value) => proxy.leadTo(numberOf(value)) },
    },
    figures: () => proxy.counts(),
    reset: () => proxy.reset(),
    stop: async () => proxy.close(),
  });
};

main().catch((error: unknown) => {
  process.stderr.write(`${forPerson(error)}\n`);
  process.exit(1);
});
