import { fateOfMatter } from './matter-rules.js';

test('the last four characters of whom it is about decide', () => {
  expect(fateOfMatter('guarantor:G-9201')).toEqual({ status: 'refused', reason: 'SUBJECT_UNKNOWN', afterMs: 0 });
  expect(fateOfMatter('guarantor:G-9202')).toEqual({ status: 'done', reason: null, afterMs: 60_000 });
  expect(fateOfMatter('guarantor:G-9203')).toEqual({ status: null, reason: null, afterMs: null });
  expect(fateOfMatter('firm:91990100MA0TE00010')).toEqual({ status: 'done', reason: null, afterMs: 0 });
});
