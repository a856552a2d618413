import type { Language } from './language.ts';

const key = 'linegate.language';

/** The language that was chosen at this screen, `null` when none was. A browser may refuse to keep anything. */
export const keptLanguage = (): Language | null => {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'en' || kept === 'de' ? kept : null;
  } catch {
    return null;
  }
};

export const keepLanguage = (language: Language): void => {
  try {
    localStorage.setItem(key, language);
  } catch {
    // It is chosen again next time.
  }
};
