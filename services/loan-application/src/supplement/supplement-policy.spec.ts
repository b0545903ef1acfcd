import type { Finding } from '@millrace/contracts';
import { askedOf, isAskedOfSource } from './supplement-policy.js';

const amber = (...codes: string[]): Finding[] => codes.map((code) => ({ code, severity: 'amber' }));

test('S02, R-AP-08: a revenue that differs and a month that is missing are asked of the applicant, each with its field and reason', () => {
  expect(askedOf(amber('REVENUE_GAP', 'INVOICE_MONTHS_MISSING'))).toEqual([
    { field: 'declaredRevenueMinor', reasonCode: 'REVENUE_GAP' },
    { field: 'invoices', reasonCode: 'INVOICE_MONTHS_MISSING' },
  ]);
  expect(askedOf([...amber('TAX_REVENUE_GAP'), { code: 'TAX_ARREARS', severity: 'info' }])).toEqual([
    { field: 'declaredRevenueMinor', reasonCode: 'TAX_REVENUE_GAP' },
  ]);
});

test.each([
  ['S03: a revenue that differs by more than half', amber('REVENUE_UNTRUE')],
  ['something beside it that a person has to see', amber('REVENUE_GAP', 'MANUAL_CHECK')],
  ['what stops the application', [...amber('REVENUE_GAP'), { code: 'TAX_CLASS_D', severity: 'red' } as const]],
  ['the same code where it stops', [{ code: 'REVENUE_GAP', severity: 'red' } as const]],
  ['a name of every object', amber('constructor')],
  ['nothing at all', []],
])('%s is no question to the applicant', (_, findings) => expect(askedOf(findings)).toEqual([]));

test('only what a source lacked can be answered without a correction or a document', () => {
  expect(isAskedOfSource([{ field: 'invoices', reasonCode: 'INVOICE_MONTHS_MISSING' }])).toBe(true);
  expect(isAskedOfSource([{ field: 'declaredRevenueMinor', reasonCode: 'REVENUE_GAP' }])).toBe(false);
});
