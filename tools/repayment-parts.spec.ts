import { REPAYMENT_METHODS } from '@millrace/contracts';
import { REPAYMENT_METHODS as SCHEDULED } from '@millrace/finance';
import { missingOfMethod, REPAYMENT_PARTS } from './repayment-parts.js';
import { listFiles } from './source-tree.js';

// Goal: a way to repay that somebody has half added (R-DB-05) is named, with the file that lacks it, whether or not types are checked.
const texts = new Map(listFiles().map(({ path, text }) => [path, text]));
const textOf = (path: string): string => texts.get(path)!;
const methods = [...new Set<string>([...REPAYMENT_METHODS, ...SCHEDULED])];

test.each(methods)('R-DB-05: no part of %s is missing', (method) => {
  expect(missingOfMethod(method, textOf)).toEqual([]);
});

test('R-DB-05: a product offers it, in the products that come with the system', () => {
  const products = [...texts].filter(([path]) => path.startsWith('services/loan-application/migrations/')).map(([, text]) => text);
  expect(methods.filter((method) => !products.some((text) => new RegExp(`'\\{[a-z_,]*\\b${method}\\b[a-z_,]*\\}'`).test(text)))).toEqual([]);
});

test('a way to repay that is only thought of lacks every part, each by name', () => {
  const missing = missingOfMethod('step_up', textOf);
  expect(missing).toHaveLength(Object.keys(REPAYMENT_PARTS).length);
  expect(missing).toEqual(expect.arrayContaining(['libs/finance/src/schedule.ts: step_up has not its schedule']));
});
