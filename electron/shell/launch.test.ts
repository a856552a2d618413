import { describe, expect, it } from 'vitest';
import { readLaunch } from './launch.ts';

describe('what the window is for', () => {
  it('looks at a station that runs', () => {
    const launch = readLaunch(['/opt/linegate', '--no-zygote', '--lang=de'], { LINEGATE_URL: 'http://127.0.0.1:8600' });
    expect(launch).toMatchObject({ kind: 'view', isKiosk: false });
    expect(launch.kind === 'view' && launch.url.origin).toBe('http://127.0.0.1:8600');
  });

  it('starts a station, and is its kiosk', () => {
    expect(readLaunch(['--station', '/etc/a.toml'], {})).toEqual({ kind: 'station', file: '/etc/a.toml', isKiosk: true });
    expect(readLaunch([], { LINEGATE_STATION: 'b.toml' })).toMatchObject({ kind: 'station', file: 'b.toml' });
  });

  it('prefers the command line to the environment', () => {
    expect(readLaunch(['--url=https://station-7', '--kiosk'], { LINEGATE_URL: 'http://127.0.0.1:1' })).toMatchObject({
      url: new URL('https://station-7'),
      isKiosk: true,
    });
  });

  it.each(['http://192.168.0.7:8600', 'http://127.0.0.1.example.org', 'file:///etc/passwd', 'javascript:alert(1)', 'nonsense'])(
    'refuses %s',
    (url) => {
      expect(() => readLaunch(['--url', url], {})).toThrow('is no address that this window may show');
    },
  );

  it('says what is missing', () => expect(() => readLaunch([], {})).toThrow('does not know which station'));
});
