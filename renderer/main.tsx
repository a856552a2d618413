import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
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

const page = document.getElementById('page');
if (page === null) throw new Error('index.html has no #page');
createRoot(page).render(
  <StationContext value={station}>
    <App />
  </StationContext>,
);
