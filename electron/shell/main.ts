import { app, dialog, session } from 'electron';
import { resolve } from 'node:path';
import { forPerson } from '../base/errors.ts';
import { loadStation } from '../config/load.ts';
import { guardContents, guardSession } from './guard.ts';
import { isHealthy } from './health.ts';
import { findInstall } from './install.ts';
import { type Launch, readLaunch } from './launch.ts';
import { startSupervisor, type SupervisorChild } from './supervisorChild.ts';
import { openKiosk } from './window.ts';

/** The shell: a viewer with a lock. It touches no camera, no database and no OPC UA; killing it changes nothing on the line. */

const quitting = new AbortController();

const homeOf = (launch: Launch): URL => {
  if (launch.kind === 'view') return launch.url;
  const { host, port } = loadStation(resolve(launch.file)).api;
  // A server that listens on all addresses is reached on this one.
  return new URL(`http://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}`);
};

const run = async (): Promise<void> => {
  const launch = readLaunch(process.argv.slice(app.isPackaged ? 1 : 2), process.env);
  const home = homeOf(launch);
  guardContents(app, { home, isKiosk: launch.isKiosk });
  // A kiosk opens its window again; without a listener the app ends with its window, which is right for any other.
  if (launch.isKiosk) app.on('window-all-closed', () => undefined);
  await app.whenReady();
  guardSession(session.defaultSession, home, (sign) => kiosk.seen(sign));
  const kiosk = openKiosk({
    home,
    isKiosk: launch.isKiosk,
    isProduction: app.isPackaged,
    locale: app.getLocale(),
    signal: quitting.signal,
  });
  // A station that runs already, started by systemd or left by a shell that was killed, is not started twice.
  if (launch.kind === 'view' || (await isHealthy(home, quitting.signal))) return;
  const { resourcesPath: resources, arch } = process;
  const install = findInstall({ isPackaged: app.isPackaged, resources, root: app.getAppPath(), arch });
  kiosk.show('start');
  stopWithUs(startSupervisor(install, resolve(launch.file), () => kiosk.show('again')));
};

/** Quitting stops the station in good order, but only one that this shell has started. */
const stopWithUs = (supervisor: SupervisorChild): void => {
  let isStopped = false;
  app.on('before-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void supervisor.stop().finally(() => {
      isStopped = true;
      app.quit();
    });
  });
};

const start = (): void => {
  // Whoever may debug the page may do all it can do, and more.
  if (app.isPackaged && app.commandLine.hasSwitch('remote-debugging-port')) return app.exit(1);
  if (!app.requestSingleInstanceLock()) return app.exit(0);
  // Electron's security checklist, 4: the sandbox also for whatever we forget.
  app.enableSandbox();
  app.on('before-quit', () => quitting.abort());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  run().catch((error: unknown) => {
    dialog.showErrorBox('Linegate', forPerson(error));
    app.exit(1);
  });
};

start();
