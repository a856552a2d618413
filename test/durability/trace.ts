import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One system call of the traced process that changes a file. */
export type Call =
  | { do: 'write'; file: string; at: number; bytes: Buffer }
  | { do: 'truncate'; file: string; to: number }
  | { do: 'sync'; file: string; isDone: boolean; atMs: number }
  | { do: 'create' | 'remove'; file: string }
  | { do: 'rename'; file: string; to: string }
  /** A line on standard output. */
  | { do: 'said'; text: string; atMs: number };

const syscalls = 'openat,open,pwrite64,write,lseek,ftruncate,fsync,fdatasync,unlink,rename,close';

/** Why calls cannot be traced here, or `null`. */
export const noTrace = (): string | null =>
  spawnSync('strace', ['-e', 'trace=none', 'true']).status === 0 ? null : 'strace is missing here or may not trace';

/**
 * Runs `writer.ts` under strace, `inject` being one of strace's injections (`fsync:error=EIO:when=3`), and resolves with
 * the calls on files under `folder` and how the process ended.
 */
export const traceWriter = async (folder: string, args: string[], inject: string[] = []) => {
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'trace.log');
  const file = join(folder, 'records.sqlite');
  const strace = ['-o', log, '-ttt', '-xx', '-s', '70000', '-y', '-e', `trace=${syscalls}`];
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'writer.ts'), file, ...args];
  const child = spawn('strace', [...strace, ...inject.flatMap((each) => ['-e', `inject=${each}`]), ...node], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return { file, code, calls: parseTrace(readFileSync(log, 'latin1'), folder) };
};

const unhex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

/** The calls of a trace that strace wrote with -ttt, -xx and -y, in their order. */
export const parseTrace = (text: string, folder: string): Call[] => {
  const positions = new Map<string, number>();
  const calls: Call[] = [];
  for (const line of text.split('\n')) {
    const [, time = '', name = '', rest = ''] = /^(\d+\.\d+) (\w+)\((.*)$/.exec(line) ?? [];
    const call = callOf(name, rest, Number(time) * 1000, positions);
    if (call !== null && (call.do === 'said' || call.file.startsWith(folder))) calls.push(call);
  }
  return calls;
};

const resultOf = (rest: string): number => Number(/\)\s+= (-?\d+)/.exec(rest)?.[1] ?? -1);

const callOf = (name: string, rest: string, atMs: number, positions: Map<string, number>): Call | null => {
  const [, descriptor = '', hexName = ''] = /^(\d+)<([^>]*)>/.exec(rest) ?? [];
  const file = hexName.includes('\\x') ? unhex(hexName).toString() : hexName;
  const result = resultOf(rest);
  const texts = [...rest.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => unhex(hex));
  const [bytes = Buffer.alloc(0), second = Buffer.alloc(0)] = texts;
  switch (name) {
    case 'pwrite64':
      return {
        do: 'write',
        file,
        at: Number(/, (\d+)\)\s+=/.exec(rest)?.[1] ?? 0),
        bytes: bytes.subarray(0, Math.max(0, result)),
      };
    case 'write': {
      if (descriptor === '1') return { do: 'said', text: bytes.toString().trim(), atMs };
      const at = positions.get(descriptor) ?? 0;
      positions.set(descriptor, at + Math.max(0, result));
      return { do: 'write', file, at, bytes: bytes.subarray(0, Math.max(0, result)) };
    }
    case 'lseek':
      positions.set(descriptor, result);
      return null;
    case 'ftruncate':
      return { do: 'truncate', file, to: Number(/, (\d+)\)/.exec(rest)?.[1] ?? 0) };
    case 'fsync':
    case 'fdatasync':
      return { do: 'sync', file, isDone: result === 0, atMs };
    case 'unlink':
      return result === 0 ? { do: 'remove', file: bytes.toString() } : null;
    case 'rename':
      return result === 0 ? { do: 'rename', file: bytes.toString(), to: second.toString() } : null;
    case 'open':
    case 'openat': {
      const opened = /\)\s+= (\d+)</.exec(rest)?.[1];
      if (opened === undefined) return null;
      positions.set(opened, 0);
      if (/O_TRUNC/.test(rest)) return { do: 'truncate', file: bytes.toString(), to: 0 };
      return /O_CREAT/.test(rest) ? { do: 'create', file: bytes.toString() } : null;
    }
    default:
      return null;
  }
};
