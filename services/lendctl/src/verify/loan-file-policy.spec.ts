import {
  accountFaults,
  amountFaults,
  paymentFaults,
  waitingFaults,
  type AccountBook,
  type ApplicationBook,
  type DrawdownBook,
  type LoanFile,
  type PayoutBook,
} from './loan-file-policy.js';

const NOW = new Date('2026-03-02T01:00:00Z');
const MOMENT = { now: NOW, graceMs: 60_000 };
const secondsAgo = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);

const APPLICATION: ApplicationBook = {
  applicationId: 'a',
  status: 'COMPLETED',
  deadlineAt: null,
  approvedMinor: '100',
  offeredMinor: '100',
  renewsLoanId: null,
  openTasks: 0,
  isSigning: false,
  drawdown: { status: 'PAID', deadlineAt: null, updatedAt: secondsAgo(3_600), loanId: 'l', loanStatus: 'ACTIVE' },
};
/** A signed contract whose drawdown stands so. */
const drawn = (change: Partial<DrawdownBook>): Partial<ApplicationBook> => ({ drawdown: { ...APPLICATION.drawdown!, ...change } });
const requested = (change: Partial<DrawdownBook> = {}): Partial<ApplicationBook> => drawn({ status: 'REQUESTED', loanStatus: null, ...change });
const PAYOUT: PayoutBook = {
  payoutId: 'p',
  loanId: 'l',
  amountMinor: '100',
  status: 'PAID',
  nextActionAt: null,
  updatedAt: secondsAgo(3_600),
  paidAt: secondsAgo(3_600),
};
const ACCOUNT: AccountBook = { loanId: 'l', principalMinor: '100', status: 'ACTIVE', movedAt: secondsAgo(3_600) };
const file = (application: Partial<ApplicationBook>, payouts: readonly Partial<PayoutBook>[] = [{}], account: Partial<AccountBook> | null = {}): LoanFile => ({
  application: { ...APPLICATION, ...application },
  payouts: payouts.map((payout) => ({ ...PAYOUT, ...payout })),
  account: account === null ? undefined : { ...ACCOUNT, ...account },
});
const allFaults = (one: LoanFile): string[] => [waitingFaults, amountFaults, paymentFaults, accountFaults].flatMap((rule) => rule(one, MOMENT));

test.each([
  ['a loan that lives', file({})],
  ['an application that was rejected', file({ status: 'REJECTED', drawdown: null, approvedMinor: null, offeredMinor: null }, [], null)],
  ['an offer that waits within its deadline', file({ status: 'OFFERED', deadlineAt: NOW, drawdown: null }, [], null)],
  ['a deadline that ended a moment ago', file({ status: 'OFFERED', deadlineAt: secondsAgo(59), drawdown: null }, [], null)],
  ['a deadline that waits for a signature', file({ status: 'CONTRACTING', deadlineAt: secondsAgo(999), isSigning: true, drawdown: null }, [], null)],
  ['a review with its task', file({ status: 'REVIEW_SINGLE', deadlineAt: NOW, openTasks: 1, drawdown: null }, [], null)],
  ['an order on its way to disbursement', file(requested({ updatedAt: secondsAgo(5) }), [], null)],
  ['a payout that the bank is asked about', file(requested(), [{ status: 'UNKNOWN', nextActionAt: NOW }], null)],
  ['a payout whose day two persons are asked for (F16)', file(requested(), [{ status: 'PAID', paidAt: null }], null)],
  ['news of a payment on its way to the hub', file(requested(), [{ updatedAt: secondsAgo(5) }], null)],
  ['a loan whose account is being opened', file(drawn({ updatedAt: secondsAgo(5) }), [{}], null)],
  ['a refused payout before the one that paid', file({}, [{ payoutId: 'first', status: 'FAILED', amountMinor: '99', paidAt: null }, {}])],
  ['a settlement on its way to the hub', file({}, [{}], { status: 'SETTLED', movedAt: secondsAgo(5) })],
])('%s is in order', (_what, one) => {
  expect(allFaults(one)).toEqual([]);
});

test.each([
  ['an order that disbursement never got', file(requested(), [], null), ['waits for disbursement, which knows of no order']],
  [
    'a payout that nobody takes up',
    file(requested(), [{ status: 'RESERVED', nextActionAt: secondsAgo(61) }], null),
    ['waits for payout p in RESERVED, which nobody takes up'],
  ],
  [
    'a refusal that the hub never heard of',
    file(requested(), [{ status: 'FAILED', updatedAt: secondsAgo(100) }], null),
    ['waits for the news of payout p, which is FAILED'],
  ],
  ['a task that nobody waits for', file({ openTasks: 1 }), ['has an open review task in PAID, where nobody decides']],
  ['an application that was never started', file({ status: 'NEW', drawdown: null }, [], null), ['has the status NEW, which the process does not know']],
  ['a signature that drew nothing', file({ drawdown: null }, [], null), ['is COMPLETED and has no drawdown']],
  ['a drawdown without a signature', file({ status: 'OFFERED', deadlineAt: NOW }), ['is OFFERED and has a drawdown']],
  [
    'a payout that was refused without a person',
    file(drawn({ status: 'HELD', deadlineAt: NOW, loanStatus: null }), [{ status: 'FAILED' }], null),
    ['waits for payment_officer in HELD with 0 open review tasks'],
  ],
  ['a settlement that the hub never heard of', file({}, [{}], { status: 'SETTLED' }), ['has a loan that is ACTIVE for the hub, and its account is SETTLED']],
  ['a settlement that never was', file(drawn({ loanStatus: 'SETTLED' })), ['has a loan that is SETTLED for the hub, and its account is ACTIVE']],
  ['two payments', file({}, [{}, { payoutId: 'q' }]), ['was paid 2 times: p, q']],
])('%s is found', (_what, one, faults) => {
  expect(allFaults(one)).toEqual(faults);
});
