/** The Debian packages: a C++ compiler, OpenCV with the headers of the four modules we use, and GStreamer's plugins for cameras. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { SetupError } from './error.mjs';
import { findOpenCv } from './opencv.mjs';
import { RunError, run } from './run.mjs';

/** @typedef {import('./progress.mjs').Report} Report */

const openCvPackages = ['libopencv-core-dev', 'libopencv-imgcodecs-dev', 'libopencv-imgproc-dev', 'libopencv-videoio-dev'];
const otherPackages = [
  'g++',
  'gstreamer1.0-libav',
  'gstreamer1.0-plugins-bad',
  'gstreamer1.0-plugins-base',
  'gstreamer1.0-plugins-good',
];

/**
 * The packages of `needed` that are not installed.
 * @param {readonly string[]} needed
 * @param {string} dpkgSays lines of `PACKAGE STATUS`, as `dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n'` prints them
 * @returns {string[]}
 */
export const notInstalled = (needed, dpkgSays) => {
  const installed = new Set(dpkgSays.split('\n').flatMap((line) => (/^\S+ [ih]i/.test(line) ? [line.split(' ')[0]] : [])));
  return needed.filter((name) => !installed.has(name));
};

/**
 * The one command that brings `packages`.
 * @param {readonly string[]} packages
 */
export const aptCommand = (packages) =>
  `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/**
 * The part of the work that apt has done, from a line of its status: downloading counts for 40 %, unpacking and configuring for the rest.
 * @param {string} line `dlstatus:1:12.5:…` or `pmstatus:package:80.0:…`
 * @returns {{ fraction: number, what: string } | null}
 */
export const aptProgress = (line) => {
  const [, kind, name = '', percent] = /^(dlstatus|pmstatus):([^:]+)(?::[a-z0-9]+)?:([\d.]+):/.exec(line) ?? [];
  if (kind === 'dlstatus') return { fraction: (Number(percent) / 100) * 0.4, what: 'downloading' };
  if (kind === 'pmstatus') return { fraction: 0.4 + (Number(percent) / 100) * 0.6, what: name };
  return null;
};

/** @param {readonly string[]} needed */
const askDpkg = (needed) => {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Abbrev}\n', ...needed], { encoding: 'utf8' });
  return asked.error === undefined ? notInstalled(needed, asked.stdout) : null;
};

/**
 * @returns {string[]} the packages that must be installed
 * @throws SetupError where there is no dpkg and no OpenCV either
 */
export const missingDebianPackages = () => {
  // OpenCV may also come from elsewhere: NVIDIA's packages on a Jetson, or a build of one's own.
  const openCv = findOpenCv();
  const missing = askDpkg(openCv === null ? [...openCvPackages, ...otherPackages] : otherPackages);
  if (missing !== null) return missing;
  if (openCv !== null) return [];
  throw new SetupError(
    'This system has no dpkg, and no OpenCV 4 with headers was found.',
    'Use Debian 12 or Ubuntu 22.04, or install g++, OpenCV 4 (core, imgproc, imgcodecs, videoio) and the GStreamer plugins yourself.',
  );
};

/**
 * The browser that the tests of the screen need. Ubuntu's package of that name only calls its snap, which cannot be set up here.
 * @returns {string[]}
 */
export const missingTestPackages = () => {
  if (existsSync('/usr/bin/chromium') || existsSync('/usr/bin/google-chrome')) return [];
  const debian = existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  return debian ? ['chromium'] : [];
};

/** @returns {string[] | null} what to put before apt-get so that it may install, or null */
const privilege = () => {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null;
};

/** Can this user install packages without being asked for a password? */
export const mayInstall = () => privilege() !== null;

/**
 * @param {readonly string[]} packages
 * @param {Report} report
 */
export const installDebianPackages = async (packages, report) => {
  const before = privilege();
  if (before === null)
    throw new SetupError(`Debian packages are missing: ${packages.join(' ')}.`, `Run:\n\n  ${aptCommand(packages)}\n`);
  /** @param {string} what to do, in words for apt-get */
  const apt = (what) => {
    // apt closes its status channel in the programs it starts: it must not be their standard output, so it is 3 here and 1 for us.
    const line = `apt-get -y -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o APT::Status-Fd=3 ${what} 3>&1 1>&2`;
    const [command, ...rest] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'sh', '-c', line];
    return run(command, rest, {
      onLine: (line) => {
        const at = aptProgress(line);
        if (at !== null) report(at.fraction, at.what);
        return at !== null;
      },
    });
  };
  try {
    report(null, 'apt-get update');
    // Yesterday's lists may still do; what is really wrong shows in the next line.
    await apt('-qq update').catch(() => {});
    await apt(`-q install --no-install-recommends ${packages.join(' ')}`);
  } catch (error) {
    const said = error instanceof RunError ? error.message : String(error);
    throw new SetupError(
      `apt-get could not install ${packages.join(' ')}.\n${said}`,
      `Try it by hand:\n\n  ${aptCommand(packages)}\n`,
      { cause: error },
    );
  }
};
