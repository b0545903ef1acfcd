import { REFUND_PROCESS, type RefundStatus } from './refund-process.js';

// Goal: every status × every trigger has one known answer (R-DB-08, S13, M-RF-01). Method: the whole table, written a second time by hand.
const OPEN = {
  Requested: 'ignored',
  Sent: 'impossible',
  NotSent: 'impossible',
  Refunded: 'REFUNDED RefundAnswered',
  Shown: 'REFUNDED RefundAnswered',
  Refused: 'REFUSED RefundAnswered',
  NeverSeen: 'REQUESTED',
};
const NOTHING = {
  Requested: 'ignored',
  Sent: 'impossible',
  NotSent: 'impossible',
  Asked: 'impossible',
  Unclear: 'impossible',
  NeverSeen: 'impossible',
  Shown: 'impossible',
};
const EXPECTED: Record<RefundStatus, Record<string, string>> = {
  REQUESTED: { ...NOTHING, Sent: 'INSTRUCTED', NotSent: 'REFUSED RefundAnswered', Refunded: 'impossible', Refused: 'impossible' },
  INSTRUCTED: { ...OPEN, Asked: 'INSTRUCTED', Unclear: 'UNKNOWN RefundAnswered' },
  UNKNOWN: { ...OPEN, Asked: 'UNKNOWN', Unclear: 'UNKNOWN' },
  REFUNDED: { ...NOTHING, Refunded: 'ignored', Refused: 'ignored' },
  REFUSED: { ...NOTHING, Shown: 'ignored', Refunded: 'ignored', Refused: 'ignored' },
};

test.each(REFUND_PROCESS.statuses.flatMap((status) => REFUND_PROCESS.triggers.map((trigger) => [status, trigger] as const)))('%s × %s', (status, trigger) => {
  const verdict = REFUND_PROCESS.consult(status, trigger);
  const found = verdict.kind === 'row' ? [verdict.row.next, ...verdict.row.emits].join(' ') : verdict.kind === 'ignore' ? 'ignored' : 'impossible';
  expect(found).toBe(EXPECTED[status][trigger]);
});

test('M-RF-01: once the bank may know a refund, it is sent again only after the bank said that it never saw it', () => {
  const sending = REFUND_PROCESS.table.rows.filter(({ on }) => on === 'Sent').map(({ from }) => from);
  const backThere = REFUND_PROCESS.table.rows.filter(({ next, from }) => next === 'REQUESTED' && from !== 'NEW').map(({ on }) => on);
  expect([sending, [...new Set(backThere)]]).toEqual([['REQUESTED'], ['NeverSeen']]);
});
