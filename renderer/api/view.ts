import { createStore } from 'zustand/vanilla';
import type { PartSummary } from '../../electron/contract/api.ts';
import type { LabelWords } from '../text/labelWords.ts';
import type { Language } from '../text/language.ts';
import type { Slow } from './slow.ts';

/** What React draws: how the page is set, and what of the station changes seldom. */
export interface View {
  language: Language;
  link: Link;
  slow: Slow | null;
  labelWords: LabelWords;
  /** The lane that is looked at; `null` before the station has named one. */
  lane: string | null;
  /** The part that is shown large. */
  open: PartSummary | null;
  /** Ids of alarms that someone at this screen has seen. */
  seen: ReadonlySet<string>;
}
/** `connecting`: not one word from the station yet; `lost`: there was, and what is shown grows old. */
export type Link = 'connecting' | 'live' | 'lost';

export const createView = (language: Language) =>
  createStore<View>(() => ({
    language,
    link: 'connecting',
    slow: null,
    labelWords: {},
    lane: null,
    open: null,
    seen: new Set(),
  }));
export type ViewStore = ReturnType<typeof createView>;
