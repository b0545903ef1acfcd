import { lineOf, OperatorError } from './operator-error.js';

test.each([
  [new OperatorError('nothing was changed'), 'nothing was changed'],
  [new Error('first line\nsecond line'), 'first line'],
  [Object.assign(new Error(''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:5432'), new Error('connect ECONNREFUSED ::1:5432')]), 'connect ECONNREFUSED 127.0.0.1:5432'],
  ['just text', 'just text'],
])('%p is told in one line', (error, line) => {
  expect(lineOf(error)).toBe(line);
});
