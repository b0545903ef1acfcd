import { newId } from '@millrace/contracts';
import type { Lender } from './lender.js';

/** Operations of committee, visit and sample that no run of this suite answers with a yes; their int suites in the hub do. */
export const PEOPLES: readonly string[] = [
  ...['creditCommittee_conclude', 'creditCommittee_conflict', 'creditCommittee_motion', 'creditCommittee_show', 'creditCommittee_vote'],
  ...['visit_plan', 'visit_report', 'visit_list', 'engineSample_find'],
];

/** What people are asked about an application that waits for one approver alone: each is refused in the way that is described. */
export async function askOfPeople(lender: Lender, clients: readonly string[], applicationId: string): Promise<void> {
  const visits = `/v1/loan-applications/${newId()}/visits`;
  for (const client of clients) await lender.call(client, 'GET', visits);
  await lender.call('demo-approver', 'PUT', `${visits}/${newId()}`, { investigator: 'demo-risk-officer', plannedOn: '2099-01-01' });
  await lender.call('demo-approver', 'PUT', `${visits}/${newId()}/reports/${newId()}`, { visitedOn: '2026-03-02', answers: [], notes: 'nobody there' });
  const committee = `/v1/loan-applications/${applicationId}/committees/${newId()}`;
  for (const client of clients) await lender.call(client, 'GET', committee);
  await lender.call('demo-approver', 'PUT', `${committee}/votes/${newId()}`, { decision: 'approve', reasonCode: 'OWNER_KNOWN' });
  await lender.call('demo-approver', 'PUT', `${committee}/conflicts/${newId()}`, { reason: 'I know the owner.' });
  await lender.call('demo-approver', 'PUT', `${committee}/conclusions/${newId()}`);
  await lender.call('demo-approver', 'PUT', `${committee}/motions/${newId()}`, { amountMinor: '10000000' });
  await lender.call('demo-approver', 'PUT', `/v1/loan-applications/${applicationId}/sample-findings/${newId()}`, {
    outcome: 'confirmed',
    reasonCode: 'SAMPLE_CONFIRMED',
  });
  for (const client of clients) await lender.call(client, 'GET', '/v1/reports/engine-sample?from=2026-03-01&to=2026-03-31');
}
