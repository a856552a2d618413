import { describe, expect, it } from 'vitest';
import * as rules from '../imports.mjs';
import { ruleFor, violation } from './importRules.mjs';

/** What the real table says about an import. */
const says = (file: string, from: string, typeOnly = false) => violation(file, { from, typeOnly }, rules);

describe('folders of ours', () => {
  it.each([
    ['electron/line/lane.ts', '../contract/gate.ts'],
    ['electron/line/lane.ts', './decide.ts'],
    ['electron/records/main.ts', './store/database.ts'],
    ['electron/records/api/server.ts', '../../contract/api.ts'],
    ['electron/cli/replay.ts', '../line/decide.ts'],
    ['renderer/live/page.tsx', '../../electron/contract/api.ts'],
    ['electron/supervisor/station.test.ts', '../sim/factory.ts'],
    ['test/line/demo.test.ts', '../../electron/records/store/database.ts'],
  ])('%s may import %s', (file, from) => expect(says(file, from)).toBeNull());

  it.each([
    ['electron/line/lane.ts', '../records/store/database.ts'],
    ['electron/line/lane.ts', '../opcua/server.ts'],
    ['electron/vision/loop.ts', '../records/main.ts'],
    ['electron/vision/loop.ts', '../line/lane.ts'],
    ['electron/contract/api.ts', '../base/errors.ts'],
    ['electron/base/log.ts', '../contract/verdict.ts'],
    ['electron/supervisor/plan.ts', '../line/decide.ts'],
    ['electron/sim/plc/main.ts', '../../line/decide.ts'],
    ['renderer/live/page.tsx', '../../electron/records/api/server.ts'],
    ['electron/records/mes/client.ts', '../store/database.ts'],
  ])('%s may not import %s', (file, from) => expect(says(file, from)).toContain('may import:'));

  it('lets keepers know the shapes of others, and only those', () => {
    expect(says('electron/records/mes/client.ts', '../store/database.ts', true)).toBeNull();
    expect(says('electron/records/mes/client.ts', '../../line/decide.ts', true)).not.toBeNull();
  });
  it('prints what is allowed', () => {
    expect(says('electron/sim/main.ts', '../line/lane.ts')).toBe(
      'electron/sim/main.ts imports electron/line/lane.ts. electron/sim may import: electron/base, electron/config, electron/contract, itself.',
    );
  });
  it('refuses a file outside of every folder', () => {
    expect(says('tools/x.ts', './y.ts')).toBe('tools/x.ts lies in no folder of build/imports.mjs.');
  });
});

describe('packages and Node', () => {
  it('keeps a large library behind its door', () => {
    expect(says('electron/vision/opencv.ts', '@u4/opencv4nodejs')).toBeNull();
    expect(says('electron/vision/loop.ts', '@u4/opencv4nodejs')).toContain('electron/vision/opencv.ts');
    expect(says('electron/vision/loop.ts', '@u4/opencv4nodejs', true)).toBeNull();
    expect(says('electron/records/main.ts', 'electron')).toContain('electron/shell');
  });
  it('keeps Node out of what runs in a browser', () => {
    expect(says('electron/contract/stamp.ts', 'node:fs')).toContain('runs in a browser');
    expect(says('renderer/main.tsx', 'node:path')).toContain('runs in a browser');
    expect(says('electron/line/lane.ts', 'node:path')).toBeNull();
  });
  it('knows a package by its first names, and no other package', () => {
    expect(says('electron/contract/api.ts', '@trpc/server/unstable-core-do-not-import')).toBeNull();
    expect(says('electron/line/lane.ts', 'lodash/fp')).toContain('lodash, which is not in the table');
  });
  it('keeps test tools in tests', () => {
    expect(says('electron/line/decide.test.ts', 'fast-check')).toBeNull();
    expect(says('electron/line/decide.ts', 'fast-check')).toContain('only tests may');
  });
});

it('takes the most specific rule', () => {
  expect(ruleFor('electron/records/mes/client.ts', rules.folders)?.folder).toBe('electron/records/mes');
  expect(ruleFor('electron/records/main.ts', rules.folders)?.folder).toBe('electron/records');
});
