import { newId } from '@millrace/contracts';
import {
  ACCEPT_OFFER,
  DECIDE_REVIEW,
  LIST_PAYOUTS,
  LIST_RECHECKS,
  LIST_SCORES,
  SHOW_APPLICATION,
  SHOW_FACILITY,
  SHOW_OFFER,
  SIGN_CONTRACT,
} from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import type { Scenario } from './scenario.js';

const DAY_MS = 86_400_000;
const PROFILE = { ...S01_FIRM, seed: 121 };

/** The offer is taken late and the contract signed later still: by then an owner is under enforcement, and the score is older than 30 days. */
export const S12: Scenario = {
  id: 'S12',
  title: 'A second check stops the money',
  scorecard: 'product',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s12', PROFILE);
    const applicationId = await stage.apply(firm);
    await stage.reaches(applicationId, 'OFFERED');
    step('the offer is taken on day 28');
    await stage.pass(28 * DAY_MS);
    const { offerId } = await stage.ask('demo-partner', SHOW_OFFER, { applicationId });
    await stage.ask('demo-partner', ACCEPT_OFFER, { applicationId, acceptanceId: newId() }, { offerId, costSheetAcknowledged: true });
    const { contract } = await stage.reaches(applicationId, 'CONTRACTING');
    step('day 31: an owner is under enforcement; then the contract is signed');
    await stage.pass(3 * DAY_MS);
    await stage.firm('s12', { ...PROFILE, ownerEnforcementCases: 1 });
    await stage.ask('demo-partner', SIGN_CONTRACT, { applicationId, signatureId: newId() }, { contractSha256: contract!.contractSha256 });

    step('held');
    const held = await stage.reaches(applicationId, 'HELD');
    const { items } = await stage.ask('demo-auditor', LIST_RECHECKS, { applicationId });
    const { checks } = items.at(-1)!;
    const failed = checks.filter(({ outcome }) => outcome === 'failed');
    check.equal('what speaks against the payment', failed, [
      { check: 'facility', outcome: 'failed' },
      { check: 'finding', outcome: 'failed', code: 'OWNER_ENFORCEMENT' },
    ]);
    check.equal('checks that nobody can make yet', checks.filter(({ outcome }) => outcome === 'not_checked').length, 4);
    const { items: scores } = await stage.ask('demo-auditor', LIST_SCORES, { applicationId });
    check.equal('scores: the one that decided, and the one that was made anew', scores.length, 2);
    const types = (await stage.eventsOf(applicationId)).map(({ type }) => type.replace(/^dev\.millrace\.lending\./, ''));
    check.holds('the events of the application', types, ['kyc-antifraud.recheck-failed.v1']);
    const facility = await stage.ask('demo-risk-officer', SHOW_FACILITY, { applicationId });
    check.equal('the facility', [facility.status, facility.changes.length], ['FROZEN', 1]);
    check.that('the partner is told nothing of what was found', !JSON.stringify(held).includes('ENFORCEMENT'));
    check.equal(
      'what the partner is told',
      held.review?.reasons.map(({ code }) => code),
      ['MANUAL_CHECK'],
    );

    step('given up');
    const { reviewTaskId } = await eventually('the task of a payment officer', () => stage.openTask(applicationId, 'demo-payment-officer'));
    const decide = { reviewTaskId, decisionId: newId() };
    const goOn = { decision: 'approve', reasonCode: 'FINDING_LOOKED_AT', comment: 'seen' } as const;
    check.equal('the answer to a payment of a frozen firm', (await stage.refusal('demo-payment-officer', DECIDE_REVIEW, decide, goOn)).code, 'RECHECK_FAILED');
    await stage.ask(
      'demo-payment-officer',
      DECIDE_REVIEW,
      { reviewTaskId, decisionId: newId() },
      { decision: 'reject', reasonCode: 'DECLINED', comment: 'enforcement' },
    );
    await stage.reaches(applicationId, 'REJECTED');
    const ended = await stage.ask('demo-partner', SHOW_APPLICATION, { applicationId });
    check.equal(
      'why it ended, as the partner is told it',
      ended.drawdown?.reasons.map(({ code }) => code),
      ['DECLINED_BY_PERSON'],
    );
    check.equal('payments that were instructed', (await stage.ask('demo-payment-officer', LIST_PAYOUTS, { applicationId })).items, []);
    check.that('nothing was ordered', !types.some((type) => /disbursement-requested/.test(type)));
    check.equal('what the bank paid to the firm', await stage.paidTo(firm.bankAccount.accountNumber), undefined);
    alwaysHeld.of(applicationId, firm);
  },
};
