import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Electron's binary, where it has been fetched; asking the package itself would start a download. */
const electronBinary = (): string | null => {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const binary = join(folder, 'dist', 'electron');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
};

/**
 * Opens the kiosk window on `url` and returns what closes it; `null` where there is no Electron, no built shell or no
 * display. The window is a viewer: closing it leaves the line alone.
 */
export const openKiosk = (url: string): (() => void) | null => {
  const binary = electronBinary();
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  if (binary === null || display === undefined || !existsSync(join(root, 'dist/shell/main.cjs'))) return null;
  const window = spawn(binary, [root], { env: { ...process.env, LINEGATE_URL: url }, stdio: 'ignore' });
  return () => void window.kill();
};
