import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PersonError } from '../base/errors.ts';

/** Where the services and the Node that runs them lie. */
export interface Install {
  node: string;
  cli: string;
}

interface Where {
  isPackaged: boolean;
  /** Electron's folder of resources; only asked when packaged. */
  resources: string;
  /** The clone, when not packaged. */
  root: string;
  arch: string;
}

/**
 * The services run on the Node that the package pins, never on Electron's: its crypto is BoringSSL, with which node-opcua
 * is known to fail. A plain Node cannot read an asar archive, so they lie unpacked beside it. Throws {@link PersonError}.
 */
export const findInstall = ({ isPackaged, resources, root, arch }: Where, exists = existsSync): Install => {
  const install: Install = isPackaged
    ? { node: join(resources, 'node/bin/node'), cli: join(resources, 'app.asar.unpacked/electron/cli/main.ts') }
    : { node: join(root, `node_modules/node-linux-${arch}/bin/node`), cli: join(root, 'electron/cli/main.ts') };
  for (const file of [install.node, install.cli])
    if (!exists(file)) throw new PersonError(`This installation is not complete: ${file} is missing.`, 'Install Linegate again.');
  return install;
};
