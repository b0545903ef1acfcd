import { describeAnswer, money, object, SHOW_PORTFOLIO, text } from '@millrace/contracts/api';
import { csvCell, csvOf, rowsOf, wantsCsv } from './csv-rows.js';

test.each([
  ['=1+1', "'=1+1"],
  ['+86', "'+86"],
  ['+cmd|x', "'+cmd|x"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
])('a spreadsheet runs no formula of the cell %j', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test.each<[unknown, string]>([
  [null, ''],
  [undefined, ''],
  ['-120', '-120'],
  [28.75, '28.75'],
  ['a,b', '"a,b"'],
  ['say "yes"', '"say ""yes"""'],
  ['two\nlines', '"two\nlines"'],
  [['coverage', 'loan_provision'], 'coverage loan_provision'],
  [[], ''],
  ['M7+', 'M7+'],
  ['不良', '不良'],
])('%j is the cell %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

const ROW = describeAnswer('Row', 'callers', 'A row.', { name: text(9, 'Name.', 'x'), amountMinor: money('Amount.').nullable() });

test('rows have the described columns, whatever their objects have', () => {
  expect(
    csvOf(ROW, [
      { amountMinor: '5', name: 'x', other: 1 },
      { name: '=y', amountMinor: null },
    ]),
  ).toBe("name,amountMinor\r\nx,5\r\n'=y,\r\n");
  expect(csvOf(ROW, [])).toBe('name,amountMinor\r\n');
});

test('a route that names no list of objects is refused when the gateway starts', () => {
  expect(rowsOf(SHOW_PORTFOLIO)?.name).toBe('PortfolioRow');
  const body = describeAnswer('Wrong', 'callers', 'No list.', { items: object(ROW, 'One.') });
  expect(() => rowsOf({ ...SHOW_PORTFOLIO, answers: { 200: { meaning: 'Wrong.', body } } })).toThrow('report_portfolio: items is no list of objects');
});

test.each<[unknown, string | undefined, boolean]>([
  [undefined, undefined, false],
  [undefined, 'text/csv', true],
  [undefined, 'application/json', false],
  [undefined, '*/*', false],
  [undefined, 'text/csv, application/json', false],
  [undefined, 'text/csv;q=0.9, application/json;q=0.5', true],
  [undefined, 'text/*, */*;q=0.1', true],
  [undefined, 'nonsense', false],
  ['csv', 'application/json', true],
  ['json', 'text/csv', false],
])('format %s and accept %s: CSV is %s', (format, accept, csv) => {
  expect(wantsCsv(format, accept)).toBe(csv);
});
