// Numbers, ages and sizes as people read them. Pure, so that it can be tested; the language is an argument.

import type { Plain } from './api';

export type Lang = 'en' | 'ko';

export const NONE = '–';

const DIGITS: Record<string, number> = {
  '°C': 1,
  '%': 1,
  '%C': 3,
  kW: 1,
  HRC: 2,
  g: 2,
  mm: 2,
  s: 2,
  bar: 1,
  MPa: 1,
  'mm/min': 0,
  'parts/h': 1,
  'KRW/part': 1,
};

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(lang: Lang, digits: number): Intl.NumberFormat {
  const key = `${lang}${digits}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(key, format);
  }
  return format;
}

/** Digits after the point: fixed by unit, so that numbers do not dance; else by size. */
export function digitsOf(value: number, unit: string): number {
  const fixed = DIGITS[unit];
  if (fixed !== undefined) {
    return fixed;
  }
  const size = Math.abs(value);
  return size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 || size === 0 ? 2 : 3;
}

/** Digits that show a hundredth of a span. */
export function digitsOfSpan(span: number): number {
  return span > 0 ? Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(span)))) : 2;
}

/** A number in its unit's digits, without the unit. */
export function num(value: number | null | undefined, unit: string, lang: Lang, digits?: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return NONE;
  }
  const text = numberFormat(lang, digits ?? digitsOf(value, unit)).format(value);
  return /^-[0.,]+$/.test(text) ? text.slice(1) : text;
}

/** A number with its unit. */
export function withUnit(value: number | null | undefined, unit: string, lang: Lang, digits?: number): string {
  const text = num(value, unit, lang, digits);
  return unit === '' || text === NONE ? text : `${text} ${unit}`;
}

/** A signed number: +12.0, −3.5. */
export function signed(value: number | null | undefined, unit: string, lang: Lang, digits?: number): string {
  const text = num(value, unit, lang, digits);
  if (text === NONE) {
    return NONE;
  }
  return text.startsWith('-') ? `−${text.slice(1)}` : /^[0.,]+$/.test(text) ? text : `+${text}`;
}

/** Any value of a tag. */
export function plain(value: Plain, unit: string, lang: Lang, digits?: number): string {
  if (typeof value === 'number') {
    return num(value, unit, lang, digits);
  }
  if (typeof value === 'boolean') {
    return value ? '1' : '0';
  }
  return value ?? NONE;
}

/** A whole number with group separators. */
export function count(value: number, lang: Lang): string {
  return numberFormat(lang, 0).format(value);
}

/** A share, 0–1, as a whole percentage. */
export function percent(share: number, lang: Lang, digits = 0): string {
  return `${numberFormat(lang, digits).format(share * 100)} %`;
}

const SHORT: Record<Lang, { ms: string; s: string; min: string; h: string; d: string }> = {
  en: { ms: ' ms', s: ' s', min: ' min', h: ' h', d: ' d' },
  ko: { ms: ' ms', s: '초', min: '분', h: '시간', d: '일' },
};

/** A duration, its two largest parts. */
export function duration(ms: number, lang: Lang): string {
  const u = SHORT[lang];
  if (!Number.isFinite(ms) || ms < 0) {
    return NONE;
  }
  if (ms < 1000) {
    return `${Math.round(ms)}${u.ms}`;
  }
  const s = Math.floor(ms / 1000);
  if (s < 60) {
    return s < 10 ? `${numberFormat(lang, 1).format(Math.floor(ms / 100) / 10)}${u.s}` : `${s}${u.s}`;
  }
  const [large, small, per, a, b] =
    s < 3600
      ? [Math.floor(s / 60), s % 60, 60, u.min, u.s]
      : s < 86_400
        ? [Math.floor(s / 3600), Math.floor((s % 3600) / 60), 60, u.h, u.min]
        : [Math.floor(s / 86_400), Math.floor((s % 86_400) / 3600), 24, u.d, u.h];
  return small === 0 || small >= per ? `${large}${a}` : `${large}${a} ${small}${b}`;
}

/** A span that somebody chose, such as how long something is kept: whole years or days where it is that. */
export function span(ms: number, lang: Lang): string {
  const years = ms / (365 * 86_400_000);
  return ms > 0 && Number.isInteger(years) ? `${years}${lang === 'ko' ? '년' : years === 1 ? ' year' : ' years'}` : duration(ms, lang);
}

/** How old a value is. Fresh ones in tenths of a second, so that the eye is not drawn. */
export function age(ms: number, lang: Lang): string {
  if (ms < 0) {
    return NONE;
  }
  return ms < 10_000
    ? `${numberFormat(lang, 1).format(Math.max(0, ms) / 1000)}${SHORT[lang].s}`
    : duration(ms, lang);
}

/** Microseconds as µs, ms or s, three figures. */
export function micros(value: number | null | undefined, lang: Lang): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return NONE;
  }
  const [scaled, unit] = value < 1000 ? [value, 'µs'] : value < 1e6 ? [value / 1000, 'ms'] : [value / 1e6, 's'];
  const digits = unit === 'µs' ? 0 : scaled < 10 ? 2 : scaled < 100 ? 1 : 0;
  return `${numberFormat(lang, digits).format(scaled)} ${unit}`;
}

/** Bytes in powers of 1000. */
export function bytes(value: number, lang: Lang): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scaled = value;
  let i = 0;
  while (scaled >= 1000 && i < units.length - 1) {
    scaled /= 1000;
    i++;
  }
  return `${numberFormat(lang, i === 0 || scaled >= 100 ? 0 : 1).format(scaled)} ${units[i] ?? ''}`;
}

const LOCALE: Record<Lang, string> = { en: 'en-GB', ko: 'ko-KR' };

/** Clock time, 24 h. */
export function clock(ms: number): string {
  return ms < 0 ? NONE : new Date(ms).toLocaleTimeString('en-GB', { hour12: false });
}

/** Day and clock time. */
export function dateTime(ms: number, lang: Lang): string {
  if (ms < 0) {
    return NONE;
  }
  const day = new Date(ms).toLocaleDateString(LOCALE[lang], { month: 'short', day: 'numeric' });
  return `${day} ${clock(ms)}`;
}

/** First letter large: descriptions in tag tables begin small. */
export function sentence(text: string): string {
  return text === '' ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
