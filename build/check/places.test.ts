import { expect, it } from 'vitest';
import { namedPlaces, placesOf } from './places.mjs';

const places = [{ name: '/home/ada', why: 'the home of this user' }];

it('finds a place of this machine, in its line', () => {
  expect(namedPlaces('a.md', 'one\ncd /home/ada/linegate', places)).toEqual(['a.md:2 names the home of this user']);
});
it('passes over longer names and other roots', () => {
  expect(namedPlaces('a.md', '/home/adam and /srv/home/ada', places)).toEqual([]);
});
it("minds a registry of one's own, not the public one", () => {
  expect(placesOf('/srv/line', 'https://npm.example.test/all/').map(({ name }) => name)).toContain('npm.example.test');
  expect(placesOf('/srv/line', 'https://registry.npmjs.org/').map(({ name }) => name)).not.toContain('registry.npmjs.org');
});
