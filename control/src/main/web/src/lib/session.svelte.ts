// Who looks, in which language and light, at which page. Language and light are remembered.

import { api, ApiError, covers, gate, type Label, type Me, type Role, type Site, type TagInfo } from './api';
import { nameOf, textOf, type TextKey } from './i18n';
import * as format from './format';
import type { Lang } from './format';

export type Theme = 'light' | 'dark';

function remembered<T extends string>(key: string, allowed: readonly T[], fallback: T): T {
  try {
    const found = localStorage.getItem(key);
    return allowed.find((name) => name === found) ?? fallback;
  } catch {
    return fallback;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser without storage forgets; nothing else is lost.
  }
}

function browserLang(): Lang {
  return typeof navigator !== 'undefined' && navigator.language.startsWith('ko') ? 'ko' : 'en';
}

function browserTheme(): Theme {
  return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

class Session {
  lang = $state<Lang>(remembered('deungdae.lang', ['en', 'ko'], browserLang()));
  theme = $state<Theme>(remembered('deungdae.theme', ['light', 'dark'], browserTheme()));
  /** undefined until the gateway has answered, null for nobody. */
  me = $state.raw<Me | null | undefined>(undefined);
  site = $state.raw<Site | null>(null);
  tags = $state.raw<ReadonlyMap<string, TagInfo>>(new Map());
  path = $state<string>(typeof location === 'undefined' ? '' : location.hash.slice(1));

  speak(lang: Lang): void {
    this.lang = lang;
    remember('deungdae.lang', lang);
  }

  light(theme: Theme): void {
    this.theme = theme;
    remember('deungdae.theme', theme);
  }

  may(role: Role): boolean {
    return this.me ? covers(this.me.role, role) : false;
  }

  async whoAmI(): Promise<void> {
    try {
      this.me = await api.me();
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.me = null;
      } else if (this.me === undefined) {
        this.me = null;
      }
    }
  }

  /** What does not change while the gateway runs. */
  async learnSite(): Promise<void> {
    const [site, tags] = await Promise.all([api.site(), api.tags()]);
    this.site = site;
    this.tags = new Map(tags.map((tag) => [tag.name, tag]));
  }
}

export const session = new Session();
gate.ended = () => {
  session.me = null;
};

/** The text in the language of the session. */
export function t(key: TextKey, places?: Record<string, string | number>): string {
  return textOf(key, session.lang, places);
}

/** The text for a name of the wire. */
export function tn(group: string, name: string): string {
  return nameOf(group, name, session.lang);
}

/** A label of the gateway; the other language when one is empty. */
export function tl(label: Label): string {
  return session.lang === 'ko' ? label.ko || label.en : label.en || label.ko;
}

/** What a tag is, in words; its name when nobody described it. */
export function tagTitle(tag: string): string {
  const info = session.tags.get(tag);
  const text = info ? tl(info.description) : '';
  return text === '' ? tag : format.sentence(text);
}

/** Digits for a tag: a hundredth of what may be written, else by unit and size. */
export function tagDigits(tag: string): number | undefined {
  const info = session.tags.get(tag);
  return info?.write ? format.digitsOfSpan(info.write.high - info.write.low) : undefined;
}

/** What went wrong, in the language of the session. */
export function said(error: unknown): string {
  return error instanceof ApiError ? tl(error.label) : String(error);
}

/** The formats, in the language of the session. */
export const f = {
  num: (v: number | null | undefined, unit: string, digits?: number) => format.num(v, unit, session.lang, digits),
  withUnit: (v: number | null | undefined, unit: string, digits?: number) =>
    format.withUnit(v, unit, session.lang, digits),
  signed: (v: number | null | undefined, unit: string, digits?: number) => format.signed(v, unit, session.lang, digits),
  plain: (v: number | boolean | string | null, unit: string, digits?: number) =>
    format.plain(v, unit, session.lang, digits),
  count: (v: number) => format.count(v, session.lang),
  percent: (v: number, digits?: number) => format.percent(v, session.lang, digits),
  duration: (ms: number) => format.duration(ms, session.lang),
  span: (ms: number) => format.span(ms, session.lang),
  age: (ms: number) => format.age(ms, session.lang),
  micros: (v: number | null | undefined) => format.micros(v, session.lang),
  bytes: (v: number) => format.bytes(v, session.lang),
  clock: (ms: number) => format.clock(ms),
  dateTime: (ms: number) => format.dateTime(ms, session.lang),
};
