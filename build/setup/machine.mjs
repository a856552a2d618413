import { existsSync } from 'node:fs';
import { SetupError } from './error.mjs';

/** @typedef {{ platform: string, arch: string, nodeVersion: string, musl: boolean }} Machine */

/** @returns {Machine} */
export const thisMachine = () => ({
  platform: process.platform,
  arch: process.arch,
  nodeVersion: process.versions.node,
  musl: existsSync('/etc/alpine-release'),
});

/**
 * Why Linegate cannot be set up on this machine, or null.
 * @param {Machine} machine
 * @returns {SetupError | null}
 */
export const machineProblem = ({ platform, arch, nodeVersion, musl }) => {
  if (platform !== 'linux') {
    return new SetupError(
      `Linegate runs on Linux; this is ${platform}.`,
      'Use Debian 12 or Ubuntu 22.04, also in a container or WSL 2.',
    );
  }
  if (arch !== 'x64' && arch !== 'arm64') {
    return new SetupError(`Linegate runs on x64 and arm64; this is ${arch}.`, 'Use another computer.');
  }
  if (musl) {
    return new SetupError('The native parts are built for glibc; this Linux uses musl.', 'Use Debian 12 or Ubuntu 22.04.');
  }
  if (Number.parseInt(nodeVersion, 10) < 20) {
    return new SetupError(
      `Setting up needs Node 20 or newer; this is Node ${nodeVersion}.`,
      'Install a newer Node and run the command again.',
    );
  }
  return null;
};
