import type { App, Session, WebContents } from 'electron';
import { type PageSign, signIn } from './page.ts';
import { mayNavigate, mayPress, mayRequest } from './lock.ts';

interface Guarded {
  home: URL;
  isKiosk: boolean;
}

/** Denies to every page of this app, whenever it is made, what `lock.ts` does not allow. */
export const guardContents = (app: App, guarded: Guarded): void => {
  app.on('web-contents-created', (_event, contents) => guard(contents, guarded));
};

const guard = (contents: WebContents, { home, isKiosk }: Guarded): void => {
  // Electron's security checklist, 13: a link, a form, a drop, a script, a frame or the server asks to go elsewhere.
  contents.on('will-navigate', (event) => !mayNavigate(event.url, home) && event.preventDefault());
  contents.on('will-frame-navigate', (event) => !mayNavigate(event.url, home) && event.preventDefault());
  contents.on('will-redirect', (event) => !mayNavigate(event.url, home) && event.preventDefault());
  // 14, and so 15: there is no second window and nothing is handed to the system's browser.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // 11, 12.
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('before-input-event', (event, input) => !mayPress(input, isKiosk) && event.preventDefault());
  contents.on('zoom-changed', () => contents.setZoomFactor(1));
  contents.on('did-finish-load', () => void contents.setVisualZoomLevelLimits(1, 1));
};

/** Denies to `session` every permission, device, download and foreign address; `onSign` hears the page's signs of life. */
export const guardSession = (session: Session, home: URL, onSign: (sign: PageSign) => void): void => {
  // Electron's security checklist, 5.
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event) => event.preventDefault());
  // 1 and 7: the station sends the content security policy; this holds even if it did not.
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const sign = signIn(url, home);
    if (sign !== null) onSign(sign);
    answer({ cancel: sign !== null || (!mayRequest(url, home) && !url.startsWith('devtools:')) });
  });
};
