import { DEBIT_PROCESS, type DebitStatus } from './debit-process.js';

// Goal: every status × every trigger has one known answer (R-DB-08, S13, M-DD-03). Method: the whole table, written a second time by hand.
const OPEN = {
  Requested: 'ignored',
  Sent: 'impossible',
  NotSent: 'impossible',
  Collected: 'COLLECTED DirectDebitCollected',
  Refused: 'FAILED DirectDebitFailed',
  Unclear: 'UNKNOWN',
  NeverSeen: 'REQUESTED',
};
const NOTHING = { Requested: 'ignored', Sent: 'impossible', NotSent: 'impossible', Asked: 'impossible', Unclear: 'impossible', NeverSeen: 'impossible' };
const EXPECTED: Record<DebitStatus, Record<string, string>> = {
  REQUESTED: { ...NOTHING, Sent: 'INSTRUCTED', NotSent: 'FAILED DirectDebitFailed', Collected: 'impossible', Refused: 'impossible' },
  INSTRUCTED: { ...OPEN, Asked: 'INSTRUCTED' },
  UNKNOWN: { ...OPEN, Asked: 'UNKNOWN' },
  COLLECTED: { ...NOTHING, Collected: 'ignored', Refused: 'ignored' },
  FAILED: { ...NOTHING, Collected: 'ignored', Refused: 'ignored' },
};

test.each(DEBIT_PROCESS.statuses.flatMap((status) => DEBIT_PROCESS.triggers.map((trigger) => [status, trigger] as const)))('%s × %s', (status, trigger) => {
  const verdict = DEBIT_PROCESS.consult(status, trigger);
  const found = verdict.kind === 'row' ? [verdict.row.next, ...verdict.row.emits].join(' ') : verdict.kind === 'ignore' ? 'ignored' : 'impossible';
  expect(found).toBe(EXPECTED[status][trigger]);
});

test('M-DD-03: once the bank may know a debit, it is sent again only after the bank said that it never saw it', () => {
  const sending = DEBIT_PROCESS.table.rows.filter(({ on }) => on === 'Sent').map(({ from }) => from);
  const backThere = DEBIT_PROCESS.table.rows.filter(({ next, from }) => next === 'REQUESTED' && from !== 'NEW').map(({ on }) => on);
  expect([sending, [...new Set(backThere)]]).toEqual([['REQUESTED'], ['NeverSeen']]);
});
