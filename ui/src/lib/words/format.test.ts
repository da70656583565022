import { describe, expect, test } from 'vitest';
import { amount, calendarDate, counted, country, currency, dateWithWeekday, day, decimal, moment } from './format';

describe('formats', () => {
  test.each([
    ['12345678901234567.80', '12,345,678,901,234,567.80'],
    ['1200000.00', '1,200,000.00'],
    ['999', '999'],
    ['-1000', '-1,000'],
    ['1e5', '1e5'],
  ])('the decimal %s keeps every digit', (text, drawn) => {
    expect(decimal(text)).toBe(drawn);
  });

  test('an amount stands with its code', () => {
    expect(amount('HKD', '1200000.00')).toBe('HKD 1,200,000.00');
  });

  test.each([
    ['1990-01-15', '15 January 1990'],
    ['1990-01-15T00:00:00Z', '15 January 1990'],
    ['soon', 'soon'],
  ])('the calendar date %s never moves with the time zone', (date, drawn) => {
    expect(calendarDate(date)).toBe(drawn);
  });

  test('a date is echoed with its weekday', () => {
    expect(dateWithWeekday('1988-04-03')).toBe('Sunday 3 April 1988');
  });

  test('an instant is short today, has its day before, and the year when it is another', () => {
    const now = new Date(2026, 10, 21, 15, 0);
    expect(moment(new Date(2026, 10, 21, 14, 32).toISOString(), now)).toBe('14:32');
    expect(moment(new Date(2026, 10, 18, 17, 44).toISOString(), now)).toBe('18 Nov 17:44');
    expect(moment(new Date(2025, 8, 2, 9, 5).toISOString(), now)).toBe('2 Sep 2025 09:05');
    expect(day(new Date(2026, 8, 2).toISOString())).toBe('2 Sep 2026');
  });

  test('codes have names, and an unknown code stays', () => {
    expect(country('HK')).toBe('Hong Kong');
    expect(country('nowhere')).toBe('nowhere');
    expect(currency('HKD')).toBe('Hong Kong Dollar');
    expect(currency('')).toBe('');
  });

  test('a count has its form', () => {
    expect(counted(1, 'problem', 'problems')).toBe('1 problem');
    expect(counted(1200, 'problem', 'problems')).toBe('1,200 problems');
  });
});
