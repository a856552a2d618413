import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { giveSignsOfLife } from './api/alive.ts';
import { createLive } from './api/live.ts';
import { openStation } from './api/station.ts';
import { StationContext } from './api/use.ts';
import { createView } from './api/view.ts';
import { createFrameLoop } from './live/frameLoop.ts';
import { languageFor } from './text/language.ts';
import { keptLanguage } from './text/kept.ts';
import './theme.css';

const now = (): number => performance.now();
const loop = createFrameLoop(requestAnimationFrame);
const live = createLive(loop.wake, now);
const view = createView(keptLanguage() ?? languageFor(navigator.languages));
const station = openStation({ origin: location.origin, live, loop, view, now });

giveSignsOfLife();
const page = document.getElementById('page');
if (page === null) throw new Error('index.html has no #page');
/** A page that has broken loads itself again: nobody at the line has a keyboard (faults, fail-safe rule 7). */
const reloadAfterMs = 2000;
const onUncaughtError = (error: unknown): void => {
  reportError(error);
  setTimeout(() => location.reload(), reloadAfterMs);
};
createRoot(page, { onUncaughtError }).render(
  <StationContext value={station}>
    <App />
  </StationContext>,
);
