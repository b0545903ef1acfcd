import { policyInForce } from '@millrace/policy';
import { portfolioRows, type PortfolioCell } from './portfolio-rows.js';

const { provision } = policyInForce('online_microloan', '2026-03-02');
const YUAN_MILLION_MINOR = 100_000_000n;

const cell = (change: Partial<PortfolioCell>): PortfolioCell => ({
  productCode: 'invoice-loan',
  industrySection: 'F',
  loanClass: 'NORMAL',
  bucket: 'M0',
  loans: 1,
  balanceMinor: 100n,
  ...change,
});

/** 90m, 5m, 2m, 1.5m and 1.5m of the five classes. */
const VECTOR: PortfolioCell[] = [
  cell({ balanceMinor: 40n * YUAN_MILLION_MINOR, loans: 4 }),
  cell({ balanceMinor: 50n * YUAN_MILLION_MINOR, loans: 5, productCode: 'tax-loan', industrySection: 'C' }),
  cell({ loanClass: 'SPECIAL_MENTION', bucket: 'M1', balanceMinor: 5n * YUAN_MILLION_MINOR }),
  cell({ loanClass: 'SUBSTANDARD', bucket: 'M4', balanceMinor: 2n * YUAN_MILLION_MINOR }),
  cell({ loanClass: 'DOUBTFUL', bucket: 'M7+', balanceMinor: (3n * YUAN_MILLION_MINOR) / 2n }),
  cell({ loanClass: 'LOSS', bucket: 'M7+', balanceMinor: (3n * YUAN_MILLION_MINOR) / 2n, productCode: 'unknown', industrySection: 'unknown' }),
];

test('G-PV-01, G-PV-02: 90m/5m/2m/1.5m/1.5m need 3.75m; NPL 5.00 %, coverage 75 % (below its floor), 拨贷比 3.75 %', () => {
  expect(portfolioRows(VECTOR, provision)[0]).toEqual({
    dimension: 'all',
    value: 'all',
    loans: 13,
    balanceMinor: '10000000000',
    nonPerformingMinor: '500000000',
    nonPerformingBps: 500,
    provisionMinor: '375000000',
    coverageBps: 7_500,
    loanProvisionBps: 375,
    breaches: ['coverage'],
  });
});

test('G-PV-02: the whole book and its classes have what is booked, where it is; products have what the schedule asks for', () => {
  const rows = portfolioRows(
    VECTOR,
    provision,
    new Map([
      ['NORMAL', 5n * YUAN_MILLION_MINOR],
      ['LOSS', 3n * YUAN_MILLION_MINOR],
    ]),
  );
  expect(rows[0]).toMatchObject({ provisionMinor: '800000000', coverageBps: 16_000, loanProvisionBps: 800, breaches: [] });
  expect(rows.find(({ value }) => value === 'NORMAL')).toMatchObject({ provisionMinor: '500000000' });
  expect(rows.find(({ value }) => value === 'DOUBTFUL')).toMatchObject({ provisionMinor: '0' });
  expect(rows.find(({ value }) => value === 'tax-loan')).toMatchObject({ provisionMinor: '50000000' });
});

test('every dimension adds up to the whole book, in the order of the field', () => {
  const rows = portfolioRows(VECTOR, provision);
  const of = (dimension: string) => rows.filter((row) => row.dimension === dimension);
  for (const dimension of ['class', 'bucket', 'product', 'industry']) {
    expect(of(dimension).reduce((sum, { balanceMinor }) => sum + BigInt(balanceMinor), 0n)).toBe(100n * YUAN_MILLION_MINOR);
    expect(of(dimension).reduce((sum, { loans }) => sum + loans, 0)).toBe(13);
    expect(of(dimension).every(({ breaches }) => breaches.length === 0)).toBe(true);
  }
  const valuesOf = (dimension: string): string[] => of(dimension).map(({ value }) => value);
  expect(valuesOf('class')).toEqual(['NORMAL', 'SPECIAL_MENTION', 'SUBSTANDARD', 'DOUBTFUL', 'LOSS']);
  expect(valuesOf('bucket')).toEqual(['M0', 'M1', 'M4', 'M7+']);
  expect(valuesOf('product')).toEqual(['invoice-loan', 'tax-loan', 'unknown']);
  expect(valuesOf('industry')).toEqual(['C', 'F', 'unknown']);
  expect(of('product').find(({ value }) => value === 'tax-loan')).toMatchObject({ loans: 5, nonPerformingBps: 0, coverageBps: null, loanProvisionBps: 100 });
});

test('a book without loans has no ratios, and is below no floor', () => {
  expect(portfolioRows([], provision)).toEqual([
    expect.objectContaining({ dimension: 'all', loans: 0, balanceMinor: '0', nonPerformingBps: null, coverageBps: null, loanProvisionBps: null, breaches: [] }),
  ]);
});
