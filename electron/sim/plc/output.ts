import type { ToConveyor } from '../../contract/wiring.ts';
import type { FailSafe } from './register.ts';

/** What holds the output against the station. */
export interface Watch {
  /** The station shows no life. */
  blind: boolean;
  /** A person wants everything to pass. */
  bypass: boolean;
}

/**
 * The gate as an output that the station switches. The PLC keeps the watch over it: without the station's heartbeat it takes its
 * safe state (open, so that everything goes out; closed where the rule is to let pass; `stop` stops the belt as well) and
 * keeps it until the station tells the output anew.
 */
export const openOutput = (options: { failSafe: FailSafe; actuatorMs: number }, send: (message: ToConveyor) => void) => {
  const { failSafe, actuatorMs } = options;
  let watch: Watch = { blind: true, bypass: false };
  let told = failSafe !== 'pass-and-mark';
  let level: boolean | null = null;

  const drive = (): void => {
    const now = told && !watch.bypass;
    if (now === level) return;
    level = now;
    send({ type: 'output', open: now, lagMs: actuatorMs });
  };

  return {
    tell(open: boolean): void {
      if (watch.blind) return;
      told = open;
      drive();
    },
    watch(now: Watch): void {
      const isLost = now.blind && !watch.blind;
      watch = now;
      if (isLost) {
        told = failSafe !== 'pass-and-mark';
        if (failSafe === 'stop') send({ type: 'belt', run: false });
      }
      drive();
    },
    /** The wires were plugged in: the valve hears its level again. */
    plugged(): void {
      level = null;
      drive();
    },
  };
};
