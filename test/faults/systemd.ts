import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { monoMs } from '../../electron/base/clock.ts';

/** One assignment that a service told, such as `WATCHDOG=1`. */
export interface Told {
  atMs: number;
  what: string;
}

/** Stands in for systemd: listens where NOTIFY_SOCKET says. // sd_notify(3) */
export interface FakeSystemd {
  /** For NOTIFY_SOCKET. */
  socket: string;
  told: readonly Told[];
  /** When it was last told so before `atMs`, or ever; `null` when never. */
  lastAtMs(what: string, beforeMs?: number): number | null;
  close(): Promise<void>;
}

// Node has no such sockets; Debian's essential perl has. Each datagram comes out as its lines, and an empty one after them.
const listener = `use Socket; $| = 1; socket(my $at, AF_UNIX, SOCK_DGRAM, 0) or die $!; bind($at, sockaddr_un(shift)) or die $!;
print "\\n"; while (defined recv($at, my $text, 65536, 0)) { $text =~ s/\\n*$/\\n/; print $text; }`;

/** Starts to listen. */
export const openFakeSystemd = async (): Promise<FakeSystemd> => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-systemd-'));
  const socket = join(folder, 'notify');
  const child = spawn('perl', ['-e', listener, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const told: Told[] = [];
  const lines = createInterface({ input: child.stdout });
  const isListening = once(lines, 'line');
  lines.on('line', (what) => void (what !== '' && told.push({ atMs: monoMs(), what })));
  await isListening;
  return {
    ...{ socket, told },
    lastAtMs: (what, beforeMs = Infinity) => told.findLast((each) => each.what === what && each.atMs < beforeMs)?.atMs ?? null,
    async close() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
