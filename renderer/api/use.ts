import { createContext, use, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { withLabels } from '../text/labelWords.ts';
import { type Words, wordsOf } from '../text/language.ts';
import type { Live } from './live.ts';
import type { Station } from './station.ts';
import type { View } from './view.ts';

/** Set once in `main.tsx`. */
export const StationContext = createContext<Station | null>(null);

export const useStation = (): Station => {
  const station = use(StationContext);
  if (station === null) throw new Error('StationContext is not set');
  return station;
};

/** Part of what React draws; the component draws again when it changes. */
export const useView = <T>(select: (view: View) => T): T => useStore(useStation().view, select);

export const useWords = (): Words => {
  const language = useView((view) => view.language);
  const labels = useView((view) => view.labelWords);
  return useMemo(() => withLabels(wordsOf[language], labels), [language, labels]);
};

/** Calls `draw` in the frame loop, outside React, whenever something live has changed. */
export const useLive = (draw: (live: Live, nowMs: number) => void): void => {
  const { loop, live } = useStation();
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    loop.wake();
  });
  useEffect(() => loop.add((nowMs) => latest.current(live, nowMs)), [loop, live]);
};

/**
 * Asks the station now and again every `everyMs`, one question at a time. What was heard last stays while the connection
 * is away; `null` before the first answer. Another `key` is another question: the old answer goes.
 */
export const useAsked = <T>(
  key: string,
  everyMs: number,
  ask: (api: Station['api'], signal: AbortSignal) => Promise<T>,
): T | null => {
  const { api } = useStation();
  const [heard, setHeard] = useState<{ key: string; answer: T } | null>(null);
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = async (): Promise<void> => {
      try {
        const answer = await latest.current(api, ended.signal);
        if (!ended.signal.aborted) setHeard({ key, answer });
      } catch {
        // The connection is away, and the page says so already; the next try is in a moment.
      }
      if (!ended.signal.aborted) timer = setTimeout(() => void again(), everyMs);
    };
    void again();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [api, key, everyMs]);
  return heard?.key === key ? heard.answer : null;
};
