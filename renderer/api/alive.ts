const tellEveryMs = 300;

/** A page that is drawn, with something on it; it must be asked in a frame of its own. */
const drawn = (): 'shown' | 'blank' => ((document.querySelector('main')?.clientHeight ?? 0) > 0 ? 'shown' : 'blank');

/**
 * Gives the kiosk's window a sign of life with every few frames: an address that the window sees, and lets go no further
 * (`electron/shell/page.ts`). A page that hangs, or that is not drawn any more, gives none. In any other browser there is
 * nobody to be told.
 */
export const giveSignsOfLife = (): void => {
  if (!navigator.userAgent.includes('Electron/')) return;
  const tell = (sign: string): void => void fetch(`/alive/${sign}`, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  const inNextFrame = (): void => void requestAnimationFrame(() => tell(drawn()));
  setInterval(inNextFrame, tellEveryMs);
  // A page that nobody sees draws no frames.
  document.addEventListener('visibilitychange', () => (document.hidden ? tell('hidden') : inNextFrame()));
  inNextFrame();
};
