/** What the kiosk lets through. Everything that is not named here is denied (faults #71). */

/** What Electron tells of a key; `before-input-event`. */
export interface KeyInput {
  type: string;
  key: string;
  control: boolean;
  alt: boolean;
  meta: boolean;
}

/** What a person needs who works this page by keyboard: walking, choosing, scrolling, and later typing. */
const plainKeys = new Set([
  ...['Tab', 'Enter', 'Escape', 'Backspace', 'Delete', 'Shift', 'CapsLock'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'],
]);

/** Characters and plain keys, never a shortcut: those reload, zoom, print, search, close and open tools. */
export const mayPress = ({ key, control, alt, meta }: KeyInput, isKiosk: boolean): boolean => {
  if (plainKeys.has(key) || key === 'AltGraph' || key === 'Dead') return !control && !meta && !alt;
  // AltGr is reported as Control and Alt together: that is how @ and € are typed.
  if (isCharacter(key)) return !meta && control === alt;
  // Outside a kiosk the window may be closed the usual ways.
  return !isKiosk && alt && key === 'F4';
};

const isCharacter = (key: string): boolean => /^.$/su.test(key);

/** Electron's security checklist, 13: the window shows its own station or nothing. */
export const mayNavigate = (to: string, home: URL): boolean => URL.canParse(to) && new URL(to).origin === home.origin;

/** What the page may load: only from its own station, and what it has made itself. */
export const mayRequest = (url: string, home: URL): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  if (protocol === 'data:' || protocol === 'blob:') return true;
  const webSocket = home.protocol === 'https:' ? 'wss:' : 'ws:';
  return host === home.host && (protocol === home.protocol || protocol === webSocket);
};
