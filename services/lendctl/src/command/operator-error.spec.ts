import { lineOf, OperatorError } from './operator-error.js';
import { progressLine } from './progress.js';

test.each([
  [new OperatorError('nothing was changed'), 'nothing was changed'],
  [new Error('first line\nsecond line'), 'first line'],
  [Object.assign(new Error(''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:5432'), new Error('connect ECONNREFUSED ::1:5432')]), 'connect ECONNREFUSED 127.0.0.1:5432'],
  ['just text', 'just text'],
])('%p is told in one line', (error, line) => {
  expect(lineOf(error)).toBe(line);
});

test('progress says how much of what, how fast, and how long still', () => {
  expect(progressLine('timeline', 12_000, 48_000, 6_000)).toBe('timeline: 12,000 of 48,000 records, 6,000/s, 6 s left');
  expect(progressLine('timeline', 0, 10, 0)).toBe('timeline: 0 of 10 records, 0/s');
});
