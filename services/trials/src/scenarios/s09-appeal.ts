import { newId } from '@millrace/contracts';
import { DECIDE_REVIEW, LIST_SCORES, REQUEST_APPEAL, SHOW_APPEAL, SHOW_APPLICATION, SHOW_APPLICATION_TIMELINE } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import type { Scenario } from './scenario.js';

const DAY_MS = 86_400_000;
/** Four months old by the register, whose entry is wrong; the scorecard of the scenarios goes by the age of the firm alone. */
const WRONG = { establishedOn: '2028-01-05', legalRepresentativeSince: '2028-01-05' };
/** Nine months, as the register has it once it is put right, with the invoices from before. */
const RIGHT = { establishedOn: '2027-08-05', legalRepresentativeSince: '2027-08-05', historyMonths: 9 };

/** Refused by the engine at 555; the firm has its data corrected and appeals, and two persons later it has a loan. */
export const S09: Scenario = {
  id: 'S09',
  title: 'Rejected by the machine, appealed',
  scorecard: 'vector',
  startsOn: '2028-05-09',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s09', { ...S01_FIRM, requestedAmountMinor: '15000000', historyMonths: 4, ...WRONG });
    const applicationId = await stage.apply(firm);
    const codes = (told: readonly { readonly code: string }[] | undefined): string[] => (told ?? []).map(({ code }) => code);

    step('refused by the engine');
    const refused = await stage.reaches(applicationId, 'REJECTED');
    const { score: first } = await stage.ask('demo-risk-officer', SHOW_APPLICATION, { applicationId });
    check.equal('score and grade', [first?.score, first?.grade, Number(first?.pd).toFixed(4)], [555, 'R8', '0.0894']);
    check.equal('the decision', [refused.decision?.outcome, refused.decision?.tier], ['declined', 'T0']);
    const told = refused.decision?.reasons ?? [];
    check.that('the reasons, four at most beside the grade', told.length >= 1 && told.length <= 5, codes(told));

    step('appealed, with the data put right at its sources');
    await stage.pass(10 * DAY_MS);
    await stage.firm('s09', RIGHT);
    const appeal = { groundCode: 'DATA_WRONG' };
    const ids = { applicationId, appealId: newId() };
    await stage.ask('demo-partner', REQUEST_APPEAL, ids, appeal);
    await stage.reaches(applicationId, 'APPEAL_REVIEW');
    const task = await eventually('the task with the new score', async () => {
      const open = await stage.openTask(applicationId);
      return open?.figures.score !== undefined && open;
    });
    check.equal('the task', [task.stage, task.tier], ['appeal', 'T1']);
    check.equal('both scores before the person who decides', [task.figures.firstScore, task.figures.score, task.figures.grade], [555, 644, 'R5']);
    check.equal('what is new in it', [...new Set((task.figures.news ?? []).map(({ what }) => what))].sort(), ['score', 'verification']);
    check.equal('the score alone decides nothing', (await stage.ask('demo-partner', SHOW_APPLICATION, { applicationId })).status, 'APPEAL_REVIEW');

    step('another person allows it');
    const allow = { decision: 'approve', reasonCode: 'DATA_WAS_CORRECTED', comment: 'the register has put it right' } as const;
    await stage.ask('demo-risk-officer', DECIDE_REVIEW, { reviewTaskId: task.reviewTaskId, decisionId: newId() }, allow);
    await stage.reaches(applicationId, 'REVIEW_SINGLE');
    const { explanation, outcome, firstScore, newScore } = await stage.ask('demo-risk-officer', SHOW_APPEAL, { applicationId });
    check.equal('the outcome', outcome, 'allowed');
    check.equal('both scores are kept', [firstScore?.score, newScore?.score, newScore?.grade, Number(newScore?.pd).toFixed(4)], [555, 644, 'R5', '0.0278']);
    check.that('what counted', codes(explanation?.counted).includes('COUNTED_INVOICES'), explanation?.counted);
    check.that('what would change it', (explanation?.wouldChange.length ?? 0) > 0, explanation?.wouldChange);
    const chinese = await stage.readIn('zh-CN', 'demo-partner', `/v1/loan-applications/${applicationId}/appeal`);
    check.that('the explanation in Chinese', /[\u4e00-\u9fff]/.test(String(chinese.body.explanation.counted[0].sentence)), chinese.body.explanation);
    check.equal('a partner sees no score', [chinese.body.firstScore, chinese.body.newScore], [null, null]);

    step('and an approver approves');
    const approval = await eventually('the approval task', async () => {
      const open = await stage.openTask(applicationId);
      return open?.stage === 'approval' && open;
    });
    const approve = { decision: 'approve', reasonCode: 'CASH_FLOW_SOUND' } as const;
    await stage.ask('demo-approver', DECIDE_REVIEW, { reviewTaskId: approval.reviewTaskId, decisionId: newId() }, approve);
    const { decision } = await stage.reaches(applicationId, 'OFFERED');
    check.equal('the decision', [decision?.outcome, decision?.tier, decision?.amountMinor], ['approved', 'T1', '15000000']);
    const { items } = await stage.ask('demo-auditor', LIST_SCORES, { applicationId });
    check.equal(
      'scores of the application',
      items.map(({ score }) => score),
      [555, 644],
    );
    const second = await stage.refusal('demo-partner', REQUEST_APPEAL, { applicationId, appealId: newId() }, appeal);
    check.equal('a second appeal', [second.status, second.code], [409, 'WRONG_STATUS']);
    const timeline = await stage.ask('demo-partner', SHOW_APPLICATION_TIMELINE, { applicationId });
    const types = timeline.items.map(({ type }) => type.replace(/^dev\.millrace\.lending\.loan-application\./, '').replace(/\.v\d+$/, ''));
    check.holds('the events that the partner sees', types, ['rejected', 'appeal-requested', 'appeal-decided', 'explanation-issued', 'approved']);

    step('paid');
    const { loanId } = await stage.takeOffer(applicationId);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
