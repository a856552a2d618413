import type { WebPreferences } from 'electron';

/**
 * The exact set for every window, also where Electron's default is the same: a default may change, this may not
 * (faults #72). The numbers are those of Electron's security checklist.
 *
 * There is no preload script, so the page has no way to Electron at all: nothing to validate (17) and nothing exposed (20).
 */
export const webPreferences = (isProduction: boolean): WebPreferences => ({
  nodeIntegration: false, // 2
  nodeIntegrationInWorker: false, // 2
  nodeIntegrationInSubFrames: false, // 2
  contextIsolation: true, // 3
  sandbox: true, // 4
  webSecurity: true, // 6
  allowRunningInsecureContent: false, // 8
  experimentalFeatures: false, // 9
  webviewTag: false, // 11, 12
  navigateOnDragDrop: false, // 13
  devTools: !isProduction,
  plugins: false,
  spellcheck: false,
  disableDialogs: true,
  zoomFactor: 1,
});
