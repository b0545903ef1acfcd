import { COURT_LENDERS, isConnected } from './court-lenders.js';

test('R-PL-06: a lender is connected to a court where the setting names it, or all; where it is not set nobody is', () => {
  expect([isConnected(undefined, 'a'), isConnected('*', 'a'), isConnected('a,b', 'b'), isConnected('a,b', 'c')]).toEqual([false, true, true, false]);
  expect(['*', 'a', 'a,b-1'].every((text) => COURT_LENDERS.test(text))).toBe(true);
  expect(['', 'a,', '*,a', 'a b'].some((text) => COURT_LENDERS.test(text))).toBe(false);
});
