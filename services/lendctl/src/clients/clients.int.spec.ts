import { gateway } from '@millrace/gateway';
import type { ServiceDefinition } from '@millrace/service';
import { QuietInstallation } from '../../test/quiet-installation.js';

let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open([gateway as unknown as ServiceDefinition]);
});
afterAll(() => installation?.close());

const BY_OLGA = ['--yes', '--by', 'olga'];

test('T26: clients are added, rotated and revoked, and the audit trail says by whom and shows no secret', async () => {
  const added = await installation.json('clients', 'add', 'acme', '--kind', 'partner', '--tenant', 't1', '--partner', 'acme', ...BY_OLGA);
  const rotated = await installation.json('clients', 'rotate', 'acme', '--overlap-hours', '24', ...BY_OLGA);
  await installation.json('clients', 'add', 'rita', '--kind', 'staff', '--tenant', 't1', '--roles', 'risk_officer', ...BY_OLGA);
  await installation.json('clients', 'revoke', 'rita', ...BY_OLGA);
  expect(new Set([added.clientSecret, rotated.clientSecret]).size).toBe(2);
  expect(await installation.json('clients', 'list')).toMatchObject([
    { clientId: 'acme', kind: 'partner', partnerId: 'acme', revokedAt: null, previousSecretUntil: '2026-03-03T01:00:00.000Z' },
    { clientId: 'rita', roles: ['risk_officer'], revokedAt: '2026-03-02T01:00:00.000Z' },
  ]);
  const { out } = await installation.lendctl('clients', 'list');
  expect(out).toMatch(/acme\s+partner\s+t1\s+acme\s+old secret until 2026-03-03/);
  const trail = await installation.sql('gateway', 'select command, performed_by, parameters::text, outcome::text from operator_action order by started_at');
  expect(trail.map(({ command, performed_by: by }) => [command, by])).toEqual(
    ['clients add', 'clients rotate', 'clients add', 'clients revoke'].map((command) => [command, 'olga']),
  );
  expect(JSON.stringify(trail)).not.toContain(added.clientSecret);
  expect(JSON.stringify(trail)).not.toContain(rotated.clientSecret);
});

test.each([
  [['add', 'x', '--kind', 'partner', '--tenant', 't1', ...BY_OLGA], /^error: partnerId is missing/],
  [['add', 'x', '--kind', 'staff', '--tenant', 't1', '--roles', 'king', ...BY_OLGA], /^error: [^\n]*roles/],
  [['revoke', 'nobody', ...BY_OLGA], /^error: there is no client nobody/],
  [['rotate', 'nobody', '--overlap-hours', '721', ...BY_OLGA], /is not a number of hours from 0 to 720/],
  [['revoke', 'acme'], /nothing was changed/],
])('clients %j ends in one clear line', async (args, message) => {
  const outcome = await installation.lendctl('clients', ...args);
  expect([outcome.exitCode, outcome.err]).toEqual([1, expect.stringMatching(message)]);
});
