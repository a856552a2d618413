import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { keepWindow } from './kiosk.ts';

const windows: ChildProcess[] = [];
const opened = (script: string) => (): ChildProcess => {
  const window = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  windows.push(window);
  return window;
};
let close = (): void => undefined;
afterEach(() => {
  close();
  windows.length = 0;
});

describe('keepWindow', () => {
  it('opens a window again that was killed', async () => {
    close = keepWindow(opened('setInterval(() => 0, 1000)'));
    windows[0]?.kill('SIGKILL');
    await expect.poll(() => windows.length).toBe(2);
    expect(windows[1]?.exitCode).toBeNull();
  });

  it('leaves a window closed that a person has closed, and closes for good when it is told to', async () => {
    close = keepWindow(opened('process.exit(0)'));
    const [window] = windows;
    if (window?.exitCode === null) await once(window, 'exit');
    close();
    expect(windows.length).toBe(1);
  });
});
