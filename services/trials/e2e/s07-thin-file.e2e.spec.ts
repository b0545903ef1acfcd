import { newId } from '@millrace/contracts';
import { until } from '@millrace/testing';
import { expectBalancedBooks, expectSoundStory } from './invariants.js';
import { Lender } from './lender.js';
import { S07_FIRM } from './scenario-firms.js';

// Goal: S07: no bureau record is not a clean one; one approver, and the cap that binds is told.
const lender = new Lender();

beforeAll(() => lender.start());
afterAll(() => lender.stop());

test('S07: a thin file goes to one approver, who is not the maker, with 190,000 at 6.85%', async () => {
  const firm = await lender.firm('s07', S07_FIRM);
  const applicationId = await lender.apply(firm);
  const waiting = await lender.reaches(applicationId, 'REVIEW_SINGLE');
  expect([waiting.score, waiting.review]).toEqual([
    null,
    { stage: 'approval', reasons: [expect.objectContaining({ code: 'CREDIT_INFORMATION' }), expect.objectContaining({ code: 'AMOUNT_REDUCED' })] },
  ]);
  const { body: forStaff } = await lender.call('demo-approver', 'GET', `/v1/loan-applications/${applicationId}`);
  expect(forStaff.score).toMatchObject({ score: 652, grade: 'R5', limitMinor: '19000000', bindingCap: 'tax', rateBps: 685 });
  expect(waiting.decision).toBeNull();

  const task = await until(() => lender.openTask(applicationId), 'the review task');
  expect(task).toMatchObject({ stage: 'approval', tier: 'T1' });
  const decide = `/v1/review-tasks/${task.reviewTaskId}/decisions/${newId()}`;
  const body = { decision: 'approve', reasonCode: 'OWNER_KNOWN', comment: 'the owner is known to us' };
  // The partner that made the application, and staff without the role, cannot decide (R-UW-05).
  expect((await lender.call('demo-partner', 'PUT', decide, body)).status).toBeGreaterThanOrEqual(403);
  expect((await lender.call('demo-auditor', 'PUT', decide, body)).status).toBe(403);
  expect((await lender.call('demo-approver', 'PUT', decide, body)).status).toBe(200);

  const offered = await lender.reaches(applicationId, 'OFFERED');
  expect(offered.decision).toMatchObject({ outcome: 'approved', tier: 'T1', amountMinor: '19000000', rateBps: 685 });
  expect(offered.decision.reasons.map((reason: { code: string }) => reason.code)).toEqual(['CREDIT_INFORMATION', 'AMOUNT_REDUCED']);
  const { loanId } = await lender.takeOffer(applicationId);
  const { body: schedule } = await lender.call('demo-partner', 'GET', `/v1/loans/${loanId}/schedule`);
  expect(schedule.items[0].totalMinor).toBe('1642695');
  await expectBalancedBooks(lender, loanId);
  await expectSoundStory(lender, applicationId, firm);
}, 60_000);
