import { spawnSync } from 'node:child_process';
import type { Station } from './station.ts';

/** Why a small disk of one's own cannot be had here, or `null`. */
export const noSmallDisk = (): string | null =>
  spawnSync('unshare', ['-m', 'true']).status === 0
    ? null
    : 'a file system of its own needs the right to make mount namespaces (root, or CAP_SYS_ADMIN)';

/**
 * A command line that runs `line` with the station's data folder on a disk that it alone sees, mounted with `options` (`size=8m`). Its
 * standard input takes commands for that disk: `ballast KIB` takes so much of it, `rw` makes it writable. When the process has ended, `after` runs there and says what it finds on standard error.
 */
export const onSmallDisk =
  (station: Station, options: string, after: string[]) =>
  (line: string[]): string[] => {
    const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');
    const data = `'${station.folder}/data'`;
    const script = `mount -t tmpfs -o '${options}' tmpfs ${data} && exec 4<&0
while read what kib; do
  case "$what" in
    ballast) head -c "$kib"k /dev/zero > ${data}/ballast ;;
    rw) mount -o remount,rw ${data} ;;
  esac
done <&4 &
# What has the standard input open makes it non-blocking at will, and the loop above would end.
${quoted(line)} < /dev/null
code=$?
kill $! 2>/dev/null
${quoted(after)} 1>&2
exit $code`;
    return ['unshare', '-m', 'sh', '-c', script];
  };
