import { installBinding, missingBinding } from './binding.mjs';
import { buildBundle, bundles, missingBundle } from './bundles.mjs';
import { installDebianPackages, mayInstall, missingDebianPackages, missingTestPackages } from './debian.mjs';
import { installNpmPackages, missingNpmPackages } from './packages.mjs';

/**
 * One thing that must be there. `missing` looks without changing anything and says why work is needed; `bring` does the work.
 * The steps stand in the order in which they need each other, what a person may have to do by hand first.
 * @typedef {{ title: string, missing: () => string | null, bring: (report: import('./progress.mjs').Report) => Promise<void> }} Step
 */

/**
 * @param {string} root the clone
 * @param {{ forTests: boolean }} options
 * @returns {Step[]}
 */
export const setupSteps = (root, { forTests }) => [
  {
    title: 'System packages',
    missing: () => listed(missingDebianPackages()),
    bring: (report) => installDebianPackages(missingDebianPackages(), report),
  },
  // The tests that need the browser say so and are skipped where it cannot be had: no reason to stop here.
  ...(forTests && mayInstallBrowser() ? [browserStep] : []),
  {
    title: 'npm packages',
    missing: () => missingNpmPackages(root),
    bring: (report) => installNpmPackages(root, report),
  },
  {
    title: 'OpenCV binding',
    missing: () => missingBinding(root),
    bring: (report) => installBinding(root, report),
  },
  ...bundles.map((bundle) => ({
    title: bundle.title,
    missing: () => missingBundle(root, bundle),
    bring: () => buildBundle(root, bundle),
  })),
];

/** @type {Step} */
const browserStep = {
  title: 'Browser for the tests of the screen',
  missing: () => listed(missingTestPackages()),
  bring: (report) => installDebianPackages(missingTestPackages(), report),
};

const mayInstallBrowser = () => missingTestPackages().length > 0 && mayInstall();

/**
 * @param {readonly string[]} names
 * @returns {string | null}
 */
const listed = (names) => (names.length === 0 ? null : names.join(' '));
