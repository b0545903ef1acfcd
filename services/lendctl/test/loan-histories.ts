/** One event of a history: its type without `dev.millrace.lending.` and version, who did it (its own service where nobody is named), and what is not as in the sample. */
export interface HistoryStep {
  readonly type: string;
  readonly by?: string;
  readonly change?: Readonly<Record<string, unknown>>;
}

const PARTNER = 'partner:partner-1';
const APPROVER = 'staff:carla';

const hub = (name: string, by?: string, change?: HistoryStep['change']): HistoryStep => ({
  type: `loan-application.${name}`,
  ...(by ? { by } : {}),
  ...(change ? { change } : {}),
});

const APPLIED = [hub('submitted', PARTNER), hub('kyc-requested', PARTNER)];
const SCORED = [...APPLIED, { type: 'kyc-antifraud.passed' }, hub('scoring-requested'), { type: 'scoring.computed' }];
const OFFERED = [...SCORED, hub('approved'), hub('offer-issued')];
const REVIEWED = [...SCORED, hub('manual-review-requested'), hub('review-decided', APPROVER)];
const OFFERED_BY_REVIEW = [...REVIEWED, hub('approved', APPROVER), hub('offer-issued', APPROVER)];
const ORDERED = [hub('offer-accepted', PARTNER), hub('contract-generated', PARTNER), hub('contract-signed'), hub('disbursement-requested')];
const PAID = [{ type: 'disbursement.loan-disbursed' }, hub('loan-activated'), { type: 'post-loan-monitoring.loan-booked' }];
const SETTLED = [{ type: 'post-loan-monitoring.loan-settled' }, hub('loan-closed')];
const OF_PAYMENT = { stage: 'disbursement' };
const PAID_AT_THE_SECOND_TRY = [
  { type: 'disbursement.failed' },
  hub('manual-review-requested', undefined, { ...OF_PAYMENT, reviewTaskId: '01972b40-0107-7c3e-9a51-4f6d2b8e0107' }),
  hub('review-decided', 'staff:pavel', { ...OF_PAYMENT, reviewTaskId: '01972b40-0107-7c3e-9a51-4f6d2b8e0107' }),
  hub('disbursement-requested', 'staff:pavel'),
  { type: 'disbursement.outcome-unknown' },
  ...PAID,
];

/** So many monthly repayments, each with an id of its own. */
function repaid(count: number): HistoryStep[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(4, '0');
    const change = { repaymentId: `01972b40-02${number.slice(2)}-7c3e-9a51-4f6d2b8e${number}`, bankReference: `B2026-${number}` };
    return { type: 'post-loan-monitoring.repayment-received', by: PARTNER, change };
  });
}

/**
 * What becomes of applications, event by event in the order in which the services send them: ten ways for every ten applications, so that most
 * are paid, as in life.
 */
export const HISTORIES: readonly (readonly HistoryStep[])[] = [
  [...OFFERED, ...ORDERED, ...PAID, ...repaid(12), ...SETTLED],
  [...OFFERED_BY_REVIEW, ...ORDERED, ...PAID, ...repaid(12), ...SETTLED],
  [...OFFERED, ...ORDERED, ...PAID, ...repaid(18)],
  [...OFFERED_BY_REVIEW, ...ORDERED, ...PAID, ...repaid(6)],
  [...OFFERED, ...ORDERED, ...PAID_AT_THE_SECOND_TRY, ...repaid(24), ...SETTLED],
  [...OFFERED, ...ORDERED, ...PAID, ...repaid(12), ...SETTLED],
  // Declined by the checks, and scored all the same, to watch the model (reject inference).
  [
    ...APPLIED,
    { type: 'kyc-antifraud.rejected' },
    hub('rejected'),
    hub('scoring-requested', undefined, { purpose: 'reject_inference' }),
    { type: 'scoring.computed', change: { purpose: 'reject_inference' } },
  ],
  [...REVIEWED, hub('rejected', APPROVER, { stage: 'approval' })],
  [...OFFERED, hub('expired')],
  [...APPLIED, { type: 'kyc-antifraud.referred' }, hub('manual-review-requested', undefined, { stage: 'verification' }), hub('cancelled', PARTNER)],
];
