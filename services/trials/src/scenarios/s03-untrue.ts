import { newId } from '@millrace/contracts';
import { CORRECT_ON_FILE, DECIDE_REVIEW, SHOW_APPLICATION, SHOW_REVIEW_TASK, SUBMIT_APPLICATION } from '@millrace/contracts/api';
import { applicationOf } from '@millrace/client';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import type { Scenario } from './scenario.js';

const DAY_MS = 86_400_000;
const BLOCKED_DAYS = 180;
const DECLARED_MINOR = '900000000';

/** Declared 9.0m against 4.8m: a person finds that it is not true; the firm waits for 180 days, is marked, and may have its declaration corrected. */
export const S03: Scenario = {
  id: 'S03',
  title: 'Untrue information',
  scorecard: 'vector',
  startsOn: '2028-05-09',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s03', { ...S01_FIRM, establishedOn: '2024-11-09', legalRepresentativeSince: '2024-11-09' });
    const applicationId = await stage.apply({ ...firm, declaredRevenueMinor: DECLARED_MINOR });
    const codes = (told: { readonly reasons: readonly { readonly code: string }[] } | null): string[] => (told?.reasons ?? []).map(({ code }) => code);

    step('a person looks, the applicant is not asked');
    const waiting = await stage.reaches(applicationId, 'ENHANCED_REVIEW');
    check.that('why a person looks', codes(waiting.review).includes('REVENUE_UNTRUE'), codes(waiting.review));
    const task = await eventually('the review task', () => stage.openTask(applicationId));

    step('rejected as untrue');
    const ids = { reviewTaskId: task.reviewTaskId, decisionId: newId() };
    await stage.ask('demo-risk-officer', DECIDE_REVIEW, ids, { decision: 'reject', reasonCode: 'UNTRUE_INFO', comment: 'no explanation that holds' });
    const refused = await stage.reaches(applicationId, 'REJECTED');
    check.equal('what the applicant is told', codes(refused.decision), ['UNTRUE_INFO']);
    check.that('its right to correct', /corrected/.test(refused.decision?.reasons[0]?.sentence ?? ''), refused.decision?.reasons);

    step('the right to correct has a call');
    const correction = { corrections: { declaredRevenueMinor: '480000000' } };
    const { items } = await stage.ask('demo-partner', CORRECT_ON_FILE, { applicationId, correctionId: newId() }, correction);
    check.equal('before and after', items[0]?.corrected, [{ field: 'declaredRevenueMinor', before: DECLARED_MINOR, after: '480000000' }]);
    const corrected = await stage.ask('demo-partner', SHOW_APPLICATION, { applicationId });
    check.equal('the file after it', [corrected.status, corrected.company?.declaredRevenueMinor], ['REJECTED', '480000000']);

    step('blocked for 180 days, and marked');
    const apply = () => stage.refusal('demo-partner', SUBMIT_APPLICATION, { applicationId: newId() }, { ...applicationOf(firm, stage.system.now()) });
    check.equal('an application at once', (await apply()).code, 'APPLICATION_NOT_POSSIBLE');
    await stage.pass((BLOCKED_DAYS - 1) * DAY_MS);
    check.equal('one after 179 days', (await apply()).code, 'APPLICATION_NOT_POSSIBLE');
    await stage.pass(DAY_MS + 1_000);
    const again = await stage.apply({ ...firm, declaredRevenueMinor: DECLARED_MINOR });
    await stage.reaches(again, 'ENHANCED_REVIEW');
    const next = await eventually('the review task', () => stage.openTask(again));
    const file = await stage.ask('demo-risk-officer', SHOW_REVIEW_TASK, { reviewTaskId: next.reviewTaskId });
    check.equal(
      'the mark that the next officer sees',
      file.watchMarks.map(({ reasonCode }) => reasonCode),
      ['UNTRUE_INFO'],
    );
    alwaysHeld.of(applicationId, firm);
  },
};
