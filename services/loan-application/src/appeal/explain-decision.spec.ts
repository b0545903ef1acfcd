import { explain } from './explain-decision.js';

const provenance = ['registry', 'tax', 'invoices', 'enterprise_bureau', 'personal_bureau'].map((source) => ({
  source,
  queryId: '019cac3d-9a80-7000-8000-5a3c1d2e4f60',
  replySha256: 'a'.repeat(64),
  fetchedAt: '2028-05-09T01:00:00.000Z',
  consentId: null,
}));
const codes = (reasons: readonly { readonly code: string }[]): string[] => reasons.map(({ code }) => code);

test('S09, G-PI-03: what counted, the reasons and what would change them, each once and in words', () => {
  const { counted, reasons, wouldChange } = explain(['BUSINESS_YOUNG', 'SALES_LOW', 'SALES_UNSTEADY'], { provenance: provenance as never });
  expect(codes(counted)).toEqual(['COUNTED_DECLARED', 'COUNTED_REGISTER', 'COUNTED_TAX', 'COUNTED_INVOICES', 'COUNTED_CREDIT']);
  expect(codes(reasons)).toEqual(['BUSINESS_YOUNG', 'SALES_LOW', 'SALES_UNSTEADY']);
  expect(codes(wouldChange)).toEqual(['CHANGED_BY_TIME', 'CHANGED_BY_SALES']);
  for (const { sentence } of [...counted, ...wouldChange]) expect(sentence).toMatch(/^[A-Z].{10,}\.$/);
});

test('R-LG-02: what points at suspicion is told under its neutral code, and betrays nothing by what would change it', () => {
  const { reasons, wouldChange } = explain(['DEVICE_SHARED', 'SANCTIONS_HIT'], null);
  expect(codes(reasons)).toEqual(['APPLICATION_NOT_PROCESSED']);
  expect(codes(wouldChange)).toEqual(['CHANGED_BY_DATA']);
});
