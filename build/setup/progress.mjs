/**
 * Shows the long steps of set-up, one at a time: on a terminal a live line with a bar, elsewhere (CI, a log file) a plain line
 * now and then. It writes to standard error, so that standard output stays free for results.
 */

/** A log file wants to know that work goes on, not every percent. */
const plainEveryMs = 10_000;
const liveEveryMs = 200;
const barCells = 24;

/** @typedef {{ fraction: number | null, what: string }} State `fraction` is 0…1, or null where nobody can know it */
/** @typedef {(fraction: number | null, what?: string) => void} Report */

/** @param {number} ms */
export const secondsText = (ms) => (ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

/**
 * One line of state, no longer than `columns`.
 * @param {string} title
 * @param {State} state
 * @param {number} elapsedMs
 * @param {number} columns
 * @returns {string}
 */
export const liveLine = (title, { fraction, what }, elapsedMs, columns) => {
  const time = secondsText(elapsedMs);
  const note = what === '' ? '' : `  ${what}`;
  if (fraction === null) return `  ${title}  …  ${time}${note}`.slice(0, columns);
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * barCells);
  const bar = '█'.repeat(filled) + '░'.repeat(barCells - filled);
  return `  ${title}  ${bar} ${String(Math.floor(fraction * 100)).padStart(3)} %  ${time}${note}`.slice(0, columns);
};

/**
 * The same state where lines stay: without a bar.
 * @param {string} title
 * @param {State} state
 * @param {number} elapsedMs
 */
export const plainLine = (title, { fraction, what }, elapsedMs) => {
  const share = fraction === null ? '' : ` ${Math.floor(fraction * 100)} %,`;
  return `  ${title}:${share} ${secondsText(elapsedMs)}${what === '' ? '' : ` (${what})`}`;
};

/**
 * Runs `work` and shows how far it is.
 * @template T
 * @param {string} title
 * @param {(report: Report) => Promise<T>} work
 * @param {NodeJS.WriteStream} [stream]
 * @returns {Promise<T>} what `work` gives; its error passes through
 */
export const showProgress = async (title, work, stream = process.stderr) => {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const live = stream.isTTY === true;
  /** @type {State} */
  let state = { fraction: null, what: '' };
  const show = () => {
    if (live) stream.write(`\r\x1b[2K${liveLine(title, state, elapsed(), (stream.columns ?? 80) - 1)}`);
    else stream.write(`${plainLine(title, state, elapsed())}\n`);
  };
  if (live) show();
  else stream.write(`  ${title} …\n`);
  const timer = setInterval(show, live ? liveEveryMs : plainEveryMs);
  const wipe = live ? '\r\x1b[2K' : '';
  try {
    const result = await work((fraction, what = '') => {
      state = { fraction, what };
    });
    stream.write(`${wipe}  ${title}: done in ${secondsText(elapsed())}\n`);
    return result;
  } catch (error) {
    stream.write(`${wipe}  ${title}: failed after ${secondsText(elapsed())}\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
};
