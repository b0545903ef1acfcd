import { businessDate, newId } from '@millrace/contracts';
import {
  AUTHORISE_PAYMENT,
  CONCLUDE_CREDIT_VOTE,
  LIST_TASKS,
  LIST_VISITS,
  PLAN_VISIT,
  REPORT_VISIT,
  SHOW_APPLICATION,
  SHOW_CREDIT_COMMITTEE,
  SHOW_HISTORY,
  SHOW_OFFER,
  VOTE_IN_CREDIT_COMMITTEE,
} from '@millrace/contracts/api';
import { S08_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import { SECOND_APPROVER, SECOND_PAYMENT_OFFICER, SECOND_RISK_OFFICER } from './neighbour.js';
import type { Scenario, Scene } from './scenario.js';

const MANAGER = 'demo-account-manager';
const OFFICER = 'demo-risk-officer';
const AMOUNT_MINOR = '146000000';
const RATE_BPS = 595;
const INSTALMENT_MINOR = '12562344';
const VISIT_SCORE = 94;
const YES = { decision: 'approve', reasonCode: 'CASH_FLOW_SOUND' } as const;

/** The firm is visited by somebody who has no vote afterwards. */
async function firmIsVisited({ stage, check }: Scene, applicationId: string): Promise<void> {
  const visitId = newId();
  const plannedOn = businessDate(stage.system.now());
  const own = await stage.refusal('demo-approver', PLAN_VISIT, { applicationId, visitId }, { investigator: MANAGER, plannedOn });
  check.equal('the account manager as investigator', [own.status, own.code], [403, 'SOD_VIOLATION']);
  const { items } = await stage.ask('demo-approver', PLAN_VISIT, { applicationId, visitId }, { investigator: SECOND_RISK_OFFICER, plannedOn });
  const { checklist } = items.at(-1)!;
  const answers = checklist.map(({ item }) => ({ item, answer: item === 'STAFF_PRESENT' ? ('no' as const) : ('yes' as const) }));
  const report = { visitedOn: plannedOn, answers, notes: 'two shifts, half of the staff at a building site' };
  const ids = { applicationId, visitId, reportId: newId() };
  const other = await stage.refusal(OFFICER, REPORT_VISIT, ids, report);
  check.equal('a report by somebody else', [other.status, other.code], [403, 'NOT_THE_INVESTIGATOR']);
  const missing = await stage.refusal(SECOND_RISK_OFFICER, REPORT_VISIT, ids, { ...report, answers: answers.slice(1) });
  check.equal('a report that leaves an item out', [missing.status, missing.code], [400, 'CHECKLIST_INCOMPLETE']);
  await stage.ask(SECOND_RISK_OFFICER, REPORT_VISIT, ids, report);
  const seen = (await stage.ask('demo-auditor', LIST_VISITS, { applicationId })).items.at(-1)!;
  check.equal('the score of the visit', [seen.report?.score, seen.report?.answers.length], [VISIT_SCORE, checklist.length]);
}

/** The committee meets: the account manager has no vote, three of five say yes, the head of risk among them. */
async function committeeMeets({ stage, check, step }: Scene, applicationId: string): Promise<void> {
  const task = await eventually('the committee', async () => {
    const open = await stage.openTask(applicationId);
    return open?.stage === 'committee' && open;
  });
  check.equal('what is proposed', [task.tier, task.figures.proposedAmountMinor, task.figures.rateBps], ['T2', AMOUNT_MINOR, RATE_BPS]);
  check.equal('the visit that it is shown', [task.figures.visit?.investigator, task.figures.visit?.score], [SECOND_RISK_OFFICER, VISIT_SCORE]);
  const sitting = { applicationId, taskId: task.reviewTaskId };
  const vote = (member: string) => stage.ask(member, VOTE_IN_CREDIT_COMMITTEE, { ...sitting, voteId: newId() }, YES);
  const { items } = await eventually('the line of the queue', async () => {
    const queue = await stage.ask(OFFICER, LIST_TASKS, { status: 'open', limit: 200 });
    return queue.items.some(({ taskId }) => taskId === sitting.taskId) && queue;
  });
  check.equal('whose queue it is in', items.find(({ taskId }) => taskId === sitting.taskId)?.roles, ['credit_approver', 'risk_officer']);

  step('the account manager’s own vote');
  const visitor = await stage.refusal(SECOND_RISK_OFFICER, VOTE_IN_CREDIT_COMMITTEE, { ...sitting, voteId: newId() }, YES);
  check.equal('the investigator’s own vote', [visitor.status, visitor.code], [403, 'SOD_VIOLATION']);
  const own = await stage.refusal(MANAGER, VOTE_IN_CREDIT_COMMITTEE, { ...sitting, voteId: newId() }, YES);
  check.equal('the answer', [own.status, own.code], [403, 'SOD_VIOLATION']);
  const history = await stage.ask('demo-auditor', SHOW_HISTORY, { applicationId });
  const blocked = history.items.at(-1);
  check.equal(
    'the last line of the history',
    [blocked?.trigger, blocked?.evidence.duty, blocked?.evidence.notAfter],
    ['SodViolationBlocked', 'approver', 'accountManager'],
  );
  const told = (await stage.eventsOf(applicationId)).filter(({ type }) => type.includes('sod-violation-blocked'));
  check.equal('events that tell it', told.length, 3);

  step('three of five say yes, and the head of risk has no veto');
  await vote('demo-approver');
  await vote(SECOND_APPROVER);
  const early = await stage.refusal('demo-approver', CONCLUDE_CREDIT_VOTE, { ...sitting, conclusionId: newId() });
  check.equal('a conclusion without the head of risk', early.code, 'VOTE_INCOMPLETE');
  await vote(OFFICER);
  await stage.ask(OFFICER, CONCLUDE_CREDIT_VOTE, { ...sitting, conclusionId: newId() });
  const minutes = await stage.ask('demo-auditor', SHOW_CREDIT_COMMITTEE, sitting);
  check.equal('the minutes', [minutes.outcome, minutes.because, minutes.votes.length, minutes.quorum, minutes.seats], ['approve', 'MAJORITY', 3, 3, 5]);
}

/** Above 500,000 yuan the engine orders no payment: two payment officers say the same, each once. */
async function paymentIsAuthorised({ stage, check, step }: Scene, applicationId: string): Promise<{ readonly loanId: string }> {
  step('the payment');
  await stage.reaches(applicationId, 'AUTHORISING', MANAGER);
  const say = { decision: 'authorise', reasonCode: 'PAYMENT_IN_ORDER' } as const;
  const ids = () => ({ applicationId, authorisationId: newId() });
  check.equal('an approver’s word', (await stage.refusal('demo-approver', AUTHORISE_PAYMENT, ids(), say)).status, 403);
  const first = await stage.ask('demo-payment-officer', AUTHORISE_PAYMENT, ids(), say);
  check.equal('one of two', [first.votes, first.votesNeeded, first.decision], [1, 2, null]);
  const again = await stage.refusal('demo-payment-officer', AUTHORISE_PAYMENT, ids(), say);
  check.equal('the same person again', [again.status, again.code], [409, 'AUTHORISATION_REFUSED']);
  await stage.ask(SECOND_PAYMENT_OFFICER, AUTHORISE_PAYMENT, ids(), say);
  return stage.paid(applicationId, MANAGER);
}

/** A firm of many years asks for 1,500,000 yuan: above one approver, so the firm is visited, and the committee decides on what the engine proposes. */
export const S08_COMMITTEE: Scenario = {
  id: 'S08.committee',
  title: 'Large: a visit, then the committee, and two persons authorise the payment',
  scorecard: 'vector',
  startsOn: '2028-05-02',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const firm = await stage.firm('s08', S08_FIRM);
    const applicationId = await stage.apply(firm, {}, newId(), MANAGER);

    step('scored');
    await stage.reaches(applicationId, 'FIELD_INVESTIGATION', MANAGER);
    const { score } = await stage.ask(OFFICER, SHOW_APPLICATION, { applicationId });
    check.equal('score, grade, limit and rate', [score?.score, score?.grade, score?.limitMinor, score?.rateBps], [715, 'R3', AMOUNT_MINOR, RATE_BPS]);

    step('the firm is visited');
    await firmIsVisited(scene, applicationId);
    await stage.reaches(applicationId, 'REVIEW_COMMITTEE', MANAGER);

    step('the committee');
    await committeeMeets(scene, applicationId);
    const { decision } = await stage.reaches(applicationId, 'OFFERED', MANAGER);
    check.equal('the decision', [decision?.outcome, decision?.tier, decision?.amountMinor, decision?.rateBps], ['approved', 'T2', AMOUNT_MINOR, RATE_BPS]);
    const { costSheet } = await stage.ask(MANAGER, SHOW_OFFER, { applicationId });
    check.equal('the instalment of a month, twelve times', [costSheet.instalmentMinor, costSheet.schedule.length], [INSTALMENT_MINOR, 12]);

    step('signed');
    await stage.sign(applicationId, MANAGER);
    await stage.reaches(applicationId, 'COMPLETED', MANAGER);
    const { loanId } = await paymentIsAuthorised(scene, applicationId);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
