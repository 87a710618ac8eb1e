import { describe, expect, it } from 'vitest';
import { age, bytes, count, digitsOf, digitsOfSpan, duration, micros, NONE, num, percent, plain, signed, span, withUnit } from './format';

describe('a span', () => {
  it('is told in years where it is years', () => {
    expect(span(5 * 365 * 86_400_000, 'ko')).toBe('5년');
    expect(span(90 * 86_400_000, 'en')).toBe('90 d');
    expect(span(0, 'en')).toBe('0 ms');
  });
});

describe('numbers', () => {
  it('keep the digits of their unit, so that they do not dance', () => {
    expect(num(860, '°C', 'en')).toBe('860.0');
    expect(num(859.96, '°C', 'en')).toBe('860.0');
    expect(num(0.6234, '%C', 'en')).toBe('0.623');
    expect(withUnit(812.44, 'KRW/part', 'ko')).toBe('812.4 KRW/part');
  });

  it('choose digits by size where the unit says nothing', () => {
    expect([12345, 123.4, 12.3, 0.012].map((v) => digitsOf(v, 'x'))).toEqual([0, 1, 2, 3]);
    expect(num(1234567, 'x', 'en')).toBe('1,234,567');
  });

  it('show a hundredth of what may be written', () => {
    expect([120, 70, 5, 0.3].map(digitsOfSpan)).toEqual([0, 1, 2, 3]);
    expect(digitsOfSpan(0)).toBe(2);
  });

  it('are a dash where there is none', () => {
    for (const none of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(withUnit(none, '°C', 'en')).toBe(NONE);
      expect(signed(none, '°C', 'en')).toBe(NONE);
    }
  });

  it('have a sign when they are differences, and zero has none', () => {
    expect(signed(12, '°C', 'en')).toBe('+12.0');
    expect(signed(-3.55, '', 'en', 1)).toBe('−3.6');
    expect(signed(-0.001, '°C', 'en')).toBe('0.0');
    expect(num(-0.001, '°C', 'en')).toBe('0.0');
  });

  it('come from any kind of tag', () => {
    expect(plain(true, '', 'en')).toBe('1');
    expect(plain('GEAR-A12', '', 'en')).toBe('GEAR-A12');
    expect(plain(null, '', 'en')).toBe(NONE);
    expect(percent(0.634, 'en')).toBe('63 %');
    expect(count(9876543, 'ko')).toBe('9,876,543');
  });
});

describe('times', () => {
  it('show the two largest parts', () => {
    expect(duration(640, 'en')).toBe('640 ms');
    expect(duration(4250, 'en')).toBe('4.2 s');
    expect(duration(59_999, 'en')).toBe('59 s');
    expect(duration(60_000, 'en')).toBe('1 min');
    expect(duration(253_000, 'en')).toBe('4 min 13 s');
    expect(duration(5_460_000, 'ko')).toBe('1시간 31분');
    expect(duration(90_000_000, 'en')).toBe('1 d 1 h');
    expect(duration(-1, 'en')).toBe(NONE);
  });

  it('let ages grow without a jump at ten seconds', () => {
    expect(age(100, 'en')).toBe('0.1 s');
    expect(age(9940, 'ko')).toBe('9.9초');
    expect(age(10_400, 'en')).toBe('10 s');
    expect(age(95_000, 'en')).toBe('1 min 35 s');
    expect(age(-1, 'en')).toBe(NONE);
  });

  it('read latencies as microseconds, milliseconds or seconds', () => {
    expect(micros(850, 'en')).toBe('850 µs');
    expect(micros(1850, 'en')).toBe('1.85 ms');
    expect(micros(12_500, 'en')).toBe('12.5 ms');
    expect(micros(2_000_000, 'en')).toBe('2.00 s');
    expect(micros(null, 'en')).toBe(NONE);
  });
});

it('reads sizes', () => {
  expect([512, 250_000, 1_234_567, 123_456_789, 5e12].map((v) => bytes(v, 'en'))).toEqual([
    '512 B',
    '250 kB',
    '1.2 MB',
    '123 MB',
    '5.0 TB',
  ]);
});
