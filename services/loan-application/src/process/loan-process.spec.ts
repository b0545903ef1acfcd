import { readFileSync } from 'node:fs';
import { policyInForce } from '@millrace/policy';
import { processFaults } from './check-process.js';
import { deadlineAt } from './deadline.js';
import { consult, LOAN_PROCESS, possibleActions, STATUSES, TRIGGERS, type ProcessStatus, type Trigger } from './loan-process.js';
import { cell, renderProcess } from './render-process.js';

/** What is expected of every pair, written down apart from the table: `-` cannot be, `.` is ignored, anything else names the next status. */
const SHORT: Readonly<Record<string, ProcessStatus>> = {
  CH: 'CHECKING',
  ER: 'ENHANCED_REVIEW',
  SC: 'SCORING',
  RS: 'REVIEW_SINGLE',
  OF: 'OFFERED',
  CO: 'CONTRACTING',
  DI: 'DISBURSING',
  DR: 'DISBURSEMENT_REVIEW',
  AC: 'ACTIVE',
  SE: 'SETTLED',
  RE: 'REJECTED',
  CA: 'CANCELLED',
  EX: 'EXPIRED',
};
const EXPECTED = `
                    NEW CH ER SC RS OF CO DI DR AC SE RE CA EX
Submitted           CH  -  -  -  -  -  -  -  -  -  -  -  -  -
KycPassed           -   SC ER .  .  .  .  .  .  .  .  .  .  .
KycReferred         -   ER ER .  .  .  .  .  .  .  .  .  .  .
KycRejected         -   RE RE RE RE RE RE .  RE .  .  .  .  .
ReviewCleared       -   -  SC -  OF -  -  -  DI -  -  -  -  -
ReviewRejected      -   -  RE -  RE -  -  -  RE -  -  -  -  -
ScoredApprove       -   -  -  OF RS .  .  .  .  .  .  .  .  .
ScoredRefer         -   -  -  RS RS .  .  .  .  .  .  .  .  .
ScoredReject        -   -  -  RE RE .  .  .  .  .  .  .  .  .
ScoringFailed       -   -  .  ER .  .  .  .  .  .  .  .  .  .
ScoreRecorded       -   -  -  -  -  -  -  -  -  -  -  RE -  -
OfferAccepted       -   -  -  -  -  CO -  -  -  -  -  -  -  -
OfferDeclined       -   -  -  -  -  CA -  -  -  -  -  -  -  -
ContractSigned      -   -  -  -  -  -  DI .  .  .  .  .  .  .
LoanDisbursed       -   -  -  -  -  -  -  AC AC .  .  -  -  -
DisbursementFailed  -   -  -  -  -  -  -  DR .  -  -  .  -  -
AccountChanged      -   -  -  -  -  -  -  .  DR .  .  .  -  -
LoanSettled         -   -  -  -  -  -  -  -  -  SE .  -  -  -
DeadlinePassed      -   ER ER RS RS EX EX -  DR -  -  -  -  -
Cancelled           -   CA CA CA CA CA CA -  -  -  -  -  -  -
`;
const [header, ...lines] = EXPECTED.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const columns = header!.map((name) => (name === 'NEW' ? 'NEW' : SHORT[name]!));
const walk = lines.flatMap(([trigger, ...cells]) => cells.map((expected, index) => [columns[index]!, trigger as Trigger, expected] as const));

test('the walk knows every status and every trigger', () => {
  expect(columns).toEqual(Object.keys(STATUSES));
  expect(lines.map(([trigger]) => trigger)).toEqual(Object.keys(TRIGGERS));
  expect(walk).toHaveLength(14 * 20);
});

test.each(walk)('%s × %s: %s', (status, trigger, expected) => {
  expect(cell(status, trigger)).toBe(expected === '-' ? '–' : expected === '.' ? 'ignored' : SHORT[expected]);
});

test('R-OP-09: the table is sound: all is reachable and comes to an end, and whatever waits has a party, a way out, and its deadline leads somewhere', () => {
  expect(processFaults()).toEqual([]);
});

test('the start-up check finds what is wrong', () => {
  const without = (from: ProcessStatus, on: Trigger) => ({ ...LOAN_PROCESS, rows: LOAN_PROCESS.rows.filter((row) => row.from !== from || row.on !== on) });
  expect(processFaults(without('ACTIVE', 'LoanSettled'))).toEqual([
    'ACTIVE cannot come to an end',
    'ACTIVE waits for post-loan-monitoring and cannot be left',
    'SETTLED cannot be reached',
  ]);
  expect(processFaults(without('OFFERED', 'DeadlinePassed'))).toEqual(['OFFERED has a deadline that leads nowhere']);
  expect(processFaults(without('REVIEW_SINGLE', 'ReviewRejected'))).toEqual(['REVIEW_SINGLE has a review task that cannot be decided both ways']);
  // Two statuses that only lead to each other wait for ever, although each can be left.
  const circle = LOAN_PROCESS.rows.filter(({ from, next }) => !['OFFERED', 'CONTRACTING'].includes(from) || next === 'CONTRACTING');
  expect(processFaults({ ...LOAN_PROCESS, rows: [...circle, { from: 'CONTRACTING', on: 'DeadlinePassed', next: 'OFFERED', emits: [] }] })).toEqual(
    expect.arrayContaining(['OFFERED cannot come to an end', 'CONTRACTING cannot come to an end']),
  );
  expect(processFaults({ ...LOAN_PROCESS, ignored: [...LOAN_PROCESS.ignored, { on: 'KycPassed', in: ['CHECKING'], why: 'twice' }] })).toEqual([
    'CHECKING × KycPassed is said twice',
  ]);
});

test('S06, R-IT-06: no path from a deadline to an offer goes round a person or a score', () => {
  const { rows } = LOAN_PROCESS;
  expect(rows.filter(({ next, from }) => next === 'OFFERED' && from !== next).map(({ on }) => on)).toEqual(['ScoredApprove', 'ReviewCleared']);
  expect(consult('CHECKING', 'DeadlinePassed')).toMatchObject({ row: { next: 'ENHANCED_REVIEW', emits: ['ManualReviewRequested'] } });
});

test('a refused action names what is possible instead', () => {
  expect(possibleActions('OFFERED')).toEqual(['OfferAccepted', 'OfferDeclined', 'Cancelled']);
  expect(possibleActions('ACTIVE')).toEqual([]);
});

test('M-AP-03: deadlines of the pack; working days skip the weekend', () => {
  const { deadlines } = policyInForce('online_microloan', '2026-03-02');
  const friday = new Date('2026-03-06T02:00:00Z');
  expect(deadlineAt('verificationHours', friday, deadlines).toISOString()).toBe('2026-03-07T02:00:00.000Z');
  expect(deadlineAt('offerDays', friday, deadlines).toISOString()).toBe('2026-04-05T02:00:00.000Z');
  expect(deadlineAt('reviewBusinessDays', friday, deadlines).toISOString()).toBe('2026-03-13T02:00:00.000Z');
  expect(deadlineAt('disbursementReviewBusinessDays', friday, deadlines).toISOString()).toBe('2026-03-10T02:00:00.000Z');
});

test('docs/loan-process.md is current', () => {
  expect(readFileSync(new URL('../../../../docs/loan-process.md', import.meta.url), 'utf8')).toBe(renderProcess());
});
