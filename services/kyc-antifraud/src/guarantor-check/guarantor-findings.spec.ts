import { guarantorFindings, type GuarantorSignals } from './guarantor-findings.js';

const person: GuarantorSignals = {
  guarantorId: 'g',
  party: 'person',
  identityProven: true,
  inBusiness: null,
  dishonestDebtor: false,
  overdueNow: false,
  missingSources: 0,
};

test.each<[string, Partial<GuarantorSignals>]>([
  ['GUARANTOR_NOT_PROVEN', { identityProven: false }],
  ['GUARANTOR_NOT_REGISTERED', { party: 'firm', identityProven: null, inBusiness: false }],
  ['GUARANTOR_DISHONEST_DEBTOR', { dishonestDebtor: true }],
  ['GUARANTOR_OVERDUE', { overdueNow: true }],
  ['GUARANTOR_UNCHECKED', { missingSources: 1, identityProven: null, dishonestDebtor: null, overdueNow: null }],
])('R-CR-19: %s has a person look, and says which guarantor it is', (code, change) => {
  expect(guarantorFindings([person, { ...person, ...change, guarantorId: 'other' }])).toEqual([{ code, severity: 'amber', observed: 'other' }]);
});

test('R-CR-02: a clean guarantor is not found, and what no source says is no finding by itself', () => {
  expect(guarantorFindings([person, { ...person, identityProven: null, dishonestDebtor: null, overdueNow: null }])).toEqual([]);
});
