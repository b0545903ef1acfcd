import { isPlausibleInstant, readInstant } from './instant.js';

test.each([
  ['2026-11-28T20:36:45Z', '2026-11-28T20:36:45.000Z'],
  ['2026-11-28T20:36:45.123456789Z', '2026-11-28T20:36:45.123Z'],
  ['2026-11-29T04:36:45+08:00', '2026-11-28T20:36:45.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is an instant', (text, expected) => {
  expect(readInstant(text)?.toISOString()).toBe(expected);
});

test.each([
  '2026-02-30T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '2026-11-28',
  '2026-11-28T24:00:00Z',
  '2026-11-28 20:36:45Z',
  '2026-11-28T20:36:45',
  '0',
  '',
  0,
  null,
  undefined,
])('F16: %p is none, and is not read as another day', (text) => {
  expect(readInstant(text)).toBeUndefined();
});

test.each([
  ['2019-01-01T00:00:00Z', false],
  ['1970-01-01T00:00:00Z', false],
  ['2026-11-28T20:31:44Z', false],
  ['2026-11-28T20:31:45Z', true],
  ['2026-11-28T20:36:50Z', true],
  ['2026-11-28T20:41:50Z', true],
  ['2026-11-28T20:41:51Z', false],
  ['2027-06-01T00:00:00Z', false],
])('F16: %s as an answer within five seconds is plausible: %p', (instant, plausible) => {
  expect(isPlausibleInstant(new Date(instant), new Date('2026-11-28T20:36:45Z'), new Date('2026-11-28T20:36:50Z'), 300)).toBe(plausible);
});
