/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ status: string, assertionResults: { status: string }[] }} FileResult */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export const added = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

/**
 * What vitest's JSON report says, counted by the tests themselves. A file that could not be loaded holds no test that failed,
 * and an error outside of any test neither: each counts as one failure, so that the sum never looks better than the run.
 * @param {string | null} report the file's text, null when vitest wrote none
 * @param {boolean} endedWell did vitest exit with 0?
 * @returns {Counts}
 */
export const countVitest = (report, endedWell) => {
  if (report === null) return { ...none, failed: 1 };
  const { testResults } = /** @type {{ testResults: FileResult[] }} */ (JSON.parse(report));
  const counts = testResults.map(countFile).reduce(added, none);
  return !endedWell && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
};

/**
 * @param {FileResult} file
 * @returns {Counts}
 */
const countFile = ({ status, assertionResults }) => {
  const passed = assertionResults.filter((test) => test.status === 'passed').length;
  const failed = assertionResults.filter((test) => test.status === 'failed').length;
  const unloaded = status === 'failed' && failed === 0 ? 1 : 0;
  return { passed, failed: failed + unloaded, skipped: assertionResults.length - passed - failed };
};

/** @param {Counts} counts */
export const summaryLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
