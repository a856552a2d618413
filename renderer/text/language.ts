import { type Alarm, type AlarmTexts, type AlarmWords, inWords } from '../../electron/contract/alarms.ts';
import { alarmsEn } from '../../electron/contract/alarmsEn.ts';
import { alarmsDe } from './alarmsDe.ts';
import { de } from './de.ts';
import { en, type Text } from './en.ts';

/** All that a language gives to a component. */
export interface Words {
  /** BCP 47, for `lang` and for `Intl`. */
  tag: Language;
  text: Text;
  format: Format;
}
export type Language = 'en' | 'de';

/** Numbers and times as people of that language write them. */
export interface Format {
  count(n: number): string;
  /** With one decimal place. */
  tenths(n: number): string;
  /** A share of 0…1 as whole per cent. */
  percent(share: number): string;
  /** The same, but never rounded up to 100 %: nothing is that certain. */
  certainty(share: number): string;
  /** A share of 0…1 as per cent with one decimal place. */
  share(share: number): string;
  /** The same, but never rounded up to 100 %. */
  yield(share: number): string;
  /** Time of day. */
  clock(wallMs: number): string;
  /** Time of day to the second. */
  clockSeconds(wallMs: number): string;
  /** Day and time of day to the second. */
  moment(wallMs: number): string;
  /** A duration, in the one unit that matters. */
  age(ms: number): string;
  reason(reason: string): string;
  /** What happened, what the line does meanwhile, what to do. */
  alarm(alarm: Alarm): AlarmWords;
}

const formatOf = (tag: Language, text: Text, alarms: AlarmTexts): Format => {
  const count = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const certainty = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0, roundingMode: 'floor' });
  const oneDecimal = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  const share = new Intl.NumberFormat(tag, oneDecimal);
  const yield_ = new Intl.NumberFormat(tag, { ...oneDecimal, roundingMode: 'floor' });
  const clock = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = new Intl.DateTimeFormat(tag, { timeStyle: 'medium', hourCycle: 'h23' });
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
  return {
    count: (n) => count.format(n),
    tenths: (n) => tenths.format(n),
    percent: (of) => percent.format(of),
    certainty: (of) => certainty.format(of),
    share: (of) => share.format(of),
    yield: (of) => yield_.format(of),
    clock: (wallMs) => clock.format(wallMs),
    clockSeconds: (wallMs) => seconds.format(wallMs),
    moment: (wallMs) => moment.format(wallMs),
    age: (ms) => ageIn(text, ms),
    alarm: (alarm) => inWords(alarm, alarms),
    reason: (reason) => text.reason[reason] ?? reason.replaceAll(/[-_]/g, ' '),
  };
};

const ageIn = ({ units }: Text, ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 100) return units.seconds(seconds);
  if (seconds < 100 * 60) return units.minutes(Math.floor(seconds / 60));
  if (seconds < 48 * 3600) return units.hours(Math.floor(seconds / 3600));
  return units.days(Math.floor(seconds / 86_400));
};

export const wordsOf: Record<Language, Words> = {
  en: { tag: 'en', text: en, format: formatOf('en', en, alarmsEn) },
  de: { tag: 'de', text: de, format: formatOf('de', de, alarmsDe) },
};

/** The first of a browser's languages that we speak, else English. */
export const languageFor = (preferred: readonly string[]): Language => {
  for (const tag of preferred) {
    const found = (['en', 'de'] as const).find((ours) => tag.toLowerCase().split('-')[0] === ours);
    if (found !== undefined) return found;
  }
  return 'en';
};
