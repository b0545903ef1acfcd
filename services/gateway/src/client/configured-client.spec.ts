import { checkConfiguredClients, readConfiguredClients } from './configured-client.js';
import { STAFF_ROLES } from './roles.js';

const partner = { clientId: 'p', clientSecret: 'sixteen-letters-', kind: 'partner', tenantId: 't', partnerId: 'org', roles: [] };
const staff = { clientId: 'a', clientSecret: 'sixteen-letters-', kind: 'staff', tenantId: 't', roles: ['auditor'] };

test('clients come in the order of their ids, and no setting means none', () => {
  expect(readConfiguredClients(JSON.stringify([partner, staff])).map(({ clientId }) => clientId)).toEqual(['a', 'p']);
  expect(readConfiguredClients(undefined)).toEqual([]);
  expect(readConfiguredClients(' ')).toEqual([]);
});

test.each([
  ['no JSON', '[{', 'not well-formed JSON'],
  ['no array', '{}', 'must be a JSON array'],
  ['an array of texts', '["p"]', 'must be a JSON array'],
  ['a short secret', JSON.stringify([{ ...partner, clientSecret: 'short' }]), 'client 1: clientSecret'],
  ['a partner without organisation', JSON.stringify([{ ...partner, partnerId: undefined }]), 'client 1: partnerId'],
  ['staff with an organisation', JSON.stringify([{ ...staff, partnerId: 'org' }]), 'client 1: partnerId is for partners'],
  ['a partner with roles', JSON.stringify([{ ...partner, roles: ['auditor'] }]), 'client 1: roles are for staff'],
  ['an unknown role', JSON.stringify([{ ...staff, roles: ['king'] }]), 'client 1:'],
  ['SEC-13, staff without a role', JSON.stringify([{ ...staff, roles: [] }]), 'client 1: a member of staff needs at least one role: risk_officer'],
  [
    'SEC-17, verifier and approver in one',
    JSON.stringify([{ ...staff, roles: ['credit_approver', 'risk_officer'] }]),
    'client 1: the roles risk_officer and credit_approver must be apart',
  ],
  ['SEC-17, approver and payer in one', JSON.stringify([{ ...staff, roles: ['payment_officer', 'credit_approver'] }]), 'must be apart: who approves a loan'],
  ['SEC-17, maker and approver in one', JSON.stringify([{ ...staff, roles: ['account_manager', 'credit_approver'] }]), 'must be apart'],
  ['SEC-17, an auditor who acts', JSON.stringify([{ ...staff, roles: ['auditor', 'risk_officer'] }]), 'must be apart: who audits does not act'],
  ['an unknown field', JSON.stringify([{ ...staff, admin: true }]), 'client 1:'],
  ['one client twice', JSON.stringify([partner, partner]), 'the client p is named twice'],
])('%s is refused in one line that shows no secret', (_, json, expected) => {
  const read = (): unknown => readConfiguredClients(json);
  expect(read).toThrow(expected);
  expect(read).toThrow(/^MILLRACE_GATEWAY_CLIENTS[^\n]*$/);
  expect(read).not.toThrow(/sixteen-letters-|short/);
});

test('T47: the start names the cause, with the roles that there are, and no port', () => {
  expect(checkConfiguredClients(JSON.stringify([{ ...staff, roles: ['king'] }]))).toEqual([
    `MILLRACE_GATEWAY_CLIENTS: client 1: roles must be of ${STAFF_ROLES.join(', ')}`,
  ]);
  expect(checkConfiguredClients(JSON.stringify([{ ...partner, partnerId: undefined }]))).toEqual([
    'MILLRACE_GATEWAY_CLIENTS: client 1: partnerId is missing: a partner needs the id of its organisation, of which it sees the applications',
  ]);
  expect(checkConfiguredClients(JSON.stringify([partner, staff]))).toEqual([]);
});
