import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Logger } from '../base/log.ts';

/** What systemd is told. // sd_notify(3) */
export interface Notifier {
  ready(): void;
  /** `systemctl status` shows it. Told again only when it changes. */
  status(sentence: string): void;
  /** Feeds the watchdog. */
  ping(): void;
  stopping(): void;
  /** Everything that was told has been sent then. */
  close(): Promise<void>;
}

/** For a station that systemd has not started. */
export const nobodyToNotify: Notifier = {
  ready: () => undefined,
  status: () => undefined,
  ping: () => undefined,
  stopping: () => undefined,
  close: async () => undefined,
};

/**
 * Node has no datagram sockets of the family AF_UNIX, which is all that systemd listens on. Perl has: `perl-base` is an essential
 * package of Debian and Ubuntu, so this needs neither a package nor a compiler. What comes in one read goes out as one
 * datagram; several lines may be in it. A name that begins with @ is an abstract one. It ends with its standard input, not
 * with Ctrl-C.
 */
const helper = `use Socket; $SIG{INT} = $SIG{TERM} = 'IGNORE'; my $name = shift; $name =~ s/^@/\\0/;
socket(my $to, AF_UNIX, SOCK_DGRAM, 0) or die $!;
while (sysread(STDIN, my $text, 65536)) { send($to, $text, 0, sockaddr_un($name)) or warn "$name: $!\\n"; }`;

const startAgainMs = 1000;
/** A helper that takes nothing any more is told no more: old pings would be lies. */
const mostWaitingBytes = 4096;

/**
 * Tells systemd, over the socket that it names in NOTIFY_SOCKET, how the station is. Without that name nothing is told.
 * A helper that ends is started again; when it cannot be, the log says what that means.
 */
export const openNotifier = (socket: string | undefined, log: Logger): Notifier => {
  if (socket === undefined || socket === '') return nobodyToNotify;
  let child: ChildProcessWithoutNullStreams;
  let closing = false;
  let again: NodeJS.Timeout | undefined;
  let ended = Promise.resolve();
  let sentence = '';

  const start = (): void => {
    const mine = spawn('perl', ['-e', helper, socket], { stdio: 'pipe' });
    child = mine;
    mine.stderr.on('data', (said) => log.error({ said: String(said).trim() }, 'systemd could not be told how the station is'));
    mine.stdin.on('error', () => undefined);
    ended = new Promise((gone) => {
      const onGone = (why: unknown): void => {
        gone();
        if (closing) return;
        log.error({ why }, 'systemd is not told how the station is: the program "perl" (package perl-base) does not run');
        clearTimeout(again);
        again = setTimeout(start, startAgainMs);
      };
      mine.once('error', ({ message }) => onGone(message)).once('exit', (code, signal) => onGone(signal ?? code));
    });
  };
  start();

  const tell = (text: string): void => {
    if (child.stdin.writable && child.stdin.writableLength < mostWaitingBytes) child.stdin.write(`${text}\n`);
  };
  return {
    ready: () => tell('READY=1'),
    status(next) {
      if (next === sentence) return;
      sentence = next;
      tell(`STATUS=${next}`);
    },
    ping: () => tell('WATCHDOG=1'),
    stopping: () => tell('STOPPING=1\nSTATUS=Stopping.'),
    async close() {
      closing = true;
      clearTimeout(again);
      child.stdin.end();
      await ended;
    },
  };
};
