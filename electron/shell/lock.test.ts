import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayNavigate, mayPress, mayRequest } from './lock.ts';

const home = new URL('http://127.0.0.1:8600/');
const key = (name: string, modifiers: Partial<{ control: boolean; alt: boolean; meta: boolean }> = {}) => ({
  type: 'keyDown',
  key: name,
  control: false,
  alt: false,
  meta: false,
  ...modifiers,
});

describe('keys', () => {
  it.each(['Tab', 'Enter', 'Escape', 'ArrowDown', 'PageUp', ' ', 'a', 'Ä', '7'])('lets %j through', (name) => {
    expect(mayPress(key(name), true)).toBe(true);
  });

  it('lets characters through that are typed with AltGr', () => {
    expect(mayPress(key('@', { control: true, alt: true }), true)).toBe(true);
  });

  it.each([
    ['reload', key('r', { control: true })],
    ['hard reload', key('F5')],
    ['print', key('p', { control: true })],
    ['developer tools', key('F12')],
    ['developer tools', key('I', { control: true })],
    ['close', key('w', { control: true })],
    ['close', key('F4', { alt: true })],
    ['zoom', key('+', { control: true })],
    ['full screen', key('F11')],
    ['back', key('ArrowLeft', { alt: true })],
    ['next window', key('Tab', { alt: true })],
    ['address', key('l', { meta: true })],
    ['menu', key('ContextMenu')],
  ])('denies %s', (_, input) => {
    expect(mayPress(input, true)).toBe(false);
  });

  it('lets a window be closed that is no kiosk', () => {
    expect(mayPress(key('F4', { alt: true }), false)).toBe(true);
    expect(mayPress(key('F5'), false)).toBe(false);
  });

  it('never lets a shortcut through', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (name, alt) => {
        expect(mayPress(key(name, { alt, meta: true }), true)).toBe(false);
        expect(mayPress(key(name, { control: true }), true)).toBe(false);
      }),
    );
    expect(mayPress(key('F1'), true)).toBe(false);
  });
});

describe('addresses', () => {
  const elsewhere = [
    'https://127.0.0.1:8600/',
    'http://127.0.0.1:8601/',
    'http://127.0.0.1/',
    'http://localhost:8600/',
    'http://127.0.0.1:8600@example.org/',
    'http://example.org/?http://127.0.0.1:8600/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'chrome://gpu',
    'devtools://devtools',
    'about:blank',
    '',
  ];

  it('goes nowhere but to its own station', () => {
    expect(mayNavigate('http://127.0.0.1:8600/?lane=2', home)).toBe(true);
    expect([...elsewhere, 'data:text/html,x', 'blob:http://example.org/1'].filter((url) => mayNavigate(url, home))).toEqual([]);
  });

  it('loads from nowhere else', () => {
    const own = ['http://127.0.0.1:8600/pictures/a/1.jpg', 'ws://127.0.0.1:8600/api', 'blob:http://127.0.0.1:8600/1'];
    expect(own.filter((url) => !mayRequest(url, home))).toEqual([]);
    expect([...elsewhere, 'wss://127.0.0.1:8600/api', 'ws://127.0.0.1:9/api'].filter((url) => mayRequest(url, home))).toEqual([]);
    expect(mayRequest('wss://station-7/api', new URL('https://station-7'))).toBe(true);
    expect(mayRequest('ws://station-7/api', new URL('https://station-7'))).toBe(false);
  });
});
