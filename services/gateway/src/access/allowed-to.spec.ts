import { isAllowed } from './allowed-to.js';

const partner = { kind: 'partner', roles: [] };
const auditor = { kind: 'staff', roles: ['auditor'] };

test('partners, all staff and single roles are told apart', () => {
  expect(isAllowed(partner, ['partner'])).toBe(true);
  expect(isAllowed(partner, ['staff', 'auditor'])).toBe(false);
  expect(isAllowed(auditor, ['staff'])).toBe(true);
  expect(isAllowed(auditor, ['auditor'])).toBe(true);
  expect(isAllowed(auditor, ['partner', 'risk_officer'])).toBe(false);
});

test('a partner never gets in by a role, and nobody into a route that says nothing', () => {
  expect(isAllowed({ kind: 'partner', roles: ['auditor'] }, ['auditor'])).toBe(false);
  expect(isAllowed({ kind: 'system', roles: ['auditor'] }, ['staff', 'auditor'])).toBe(false);
  expect(isAllowed(auditor, [])).toBe(false);
});
