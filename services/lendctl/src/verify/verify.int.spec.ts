import { newId, TOPICS } from '@millrace/contracts';
import { disbursement } from '@millrace/disbursement';
import { LENDING_SERVICES, loadService, openPool } from '@millrace/service';
import { openTask } from '@millrace/tasks';
import { asOperator } from '@millrace/testing';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { soundLoan, type SoundLoan } from '../../test/sound-loan.js';
import type { VerifiedInvariant } from './invariant.js';

/** Books that are in order, then one damage at a time, written past every trigger as only an administrator can. */
let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open(await Promise.all(LENDING_SERVICES.map(loadService)));
}, 60_000);
afterAll(() => installation.close());

async function verify(): Promise<{ exitCode: number; err: string; invariants: VerifiedInvariant[] }> {
  const { out, err, exitCode } = await installation.lendctl('verify', '--json');
  return { err, exitCode, ...(JSON.parse(out) as { invariants: VerifiedInvariant[] }) };
}

test('books in order: every invariant holds, exit code 0', async () => {
  await soundLoan(installation);
  const { out, err, exitCode } = await installation.lendctl('verify');
  expect([exitCode, err]).toEqual([0, '']);
  expect(out).toMatch(/holds\s+application-waits\s+0/);
  expect(out).not.toMatch(/^broken/m);
});

const HUB = 'loan_application';
const SPOKE = 'disbursement';
const BOOKS = 'post_loan_monitoring';
const STATUS = 'update application set status';
const DRAWN = 'update drawdown set status';
type Damage = readonly [invariant: string, what: RegExp, schema: string, of: keyof SoundLoan, sql: string];

const DAMAGES: readonly Damage[] = [
  ['application-waits', /is SCORING and has a drawdown/, HUB, 'applicationId', `${STATUS} = 'SCORING' where application_id = $1`],
  ['application-waits', /payment_officer in HELD without a deadline/, HUB, 'applicationId', `${DRAWN} = 'HELD' where application_id = $1`],
  [
    'application-waits',
    /whose deadline ended on 2026-02-01/,
    HUB,
    'applicationId',
    `${DRAWN} = 'HELD', deadline_at = '2026-02-01T00:00:00Z' where application_id = $1`,
  ],
  [
    'application-waits',
    /payment_officer in HELD with 0 open review tasks/,
    HUB,
    'applicationId',
    `${DRAWN} = 'HELD', deadline_at = '2027-01-01' where application_id = $1`,
  ],
  ['application-waits', /the status LIMBO, which the process does not know/, HUB, 'applicationId', `${STATUS} = 'LIMBO' where application_id = $1`],
  [
    'application-waits',
    /waits for the news of payout .* which is PAID/,
    HUB,
    'applicationId',
    `${DRAWN} = 'REQUESTED', loan_status = null where application_id = $1`,
  ],
  ['paid-as-approved', /paid 29999999 fen, approved were 30000000/, SPOKE, 'payoutId', 'update payout set amount_minor = 29999999 where payout_id = $1'],
  ['paid-as-approved', /paid 30000000 fen, offered were 5/, HUB, 'applicationId', 'update offer set amount_minor = 5 where application_id = $1'],
  ['paid-as-approved', /owes 30000001 fen, paid were 30000000/, BOOKS, 'loanId', 'update loan set principal_minor = principal_minor + 1 where loan_id = $1'],
  ['one-payment', /is PAID and was never paid/, SPOKE, 'payoutId', 'delete from payout where payout_id = $1'],
  ['one-payment', /is REJECTED, and payout .* was paid/, HUB, 'applicationId', `${DRAWN} = 'REJECTED' where application_id = $1`],
  ['one-payment', /the contract's is/, HUB, 'applicationId', 'update drawdown set loan_id = gen_random_uuid() where application_id = $1'],
  ['loan-account', /is PAID and has no loan account/, BOOKS, 'loanId', 'delete from loan where loan_id = $1'],
  ['loan-account', /is REJECTED and has the loan account/, HUB, 'applicationId', `${DRAWN} = 'REJECTED', loan_status = null where application_id = $1`],
  [
    'loan-account',
    /is SETTLED for the hub, and its account is ACTIVE/,
    HUB,
    'applicationId',
    `update drawdown set loan_status = 'SETTLED' where application_id = $1`,
  ],
  [
    'known-applications',
    /is the account of application .* which the hub does not know/,
    HUB,
    'applicationId',
    'delete from application where application_id = $1',
  ],
  ['history-chain', /seal breaks at row 1/, HUB, 'applicationId', `update application_history set reason = 'ANOTHER' where application_id = $1 and seq = 1`],
  [
    'history-chain',
    /seal breaks at row 2/,
    HUB,
    'applicationId',
    `update application_history set evidence = '{"amountMinor":"1"}' where application_id = $1 and seq = 2`,
  ],
  ['history-chain', /has lost its history after row 1/, HUB, 'applicationId', 'delete from application_history where application_id = $1 and seq = 2'],
  ['history-chain', /is EXPIRED, and its history ends in COMPLETED/, HUB, 'applicationId', `${STATUS} = 'EXPIRED' where application_id = $1`],
  ['history-chain', /is HELD, and its history ends in PAID/, HUB, 'drawdownId', `${DRAWN} = 'HELD' where drawdown_id = $1`],
  ['history-chain', /seal breaks at row 1/, BOOKS, 'loanId', `update loan_history set reason = 'ANOTHER' where loan_id = $1`],
  [
    'decisions-sealed',
    /comment is not the one that its history has sealed/,
    HUB,
    'reviewTaskId',
    `update task_vote set comment = 'he never called' where task_id = $1`,
  ],
  ['decisions-sealed', /comment is not the one/, HUB, 'reviewTaskId', 'update task_vote set comment = null where task_id = $1'],
  [
    'decisions-sealed',
    /says approve by nobody \(CHECKED_BY_PHONE\), its history approve by rita/,
    HUB,
    'reviewTaskId',
    `update task_vote set voter = 'nobody' where task_id = $1`,
  ],
  ['decisions-sealed', /says reject by rita/, HUB, 'reviewTaskId', `update task_vote set decision = 'reject' where task_id = $1`],
  ['decisions-sealed', /no history has the decision/, HUB, 'reviewTaskId', 'update task_vote set vote_id = gen_random_uuid() where task_id = $1'],
  [
    'journals-balance',
    /debit 30000001 fen, credit 30000000 fen/,
    BOOKS,
    'entryId',
    'update journal_line set debit_minor = debit_minor + 1 where entry_id = $1 and line_no = 1',
  ],
  ['journals-balance', /has 1 lines/, BOOKS, 'entryId', 'delete from journal_line where entry_id = $1 and line_no = 2'],
  [
    'account-totals',
    /owes 1 fen of principal, its journal says 30000000/,
    BOOKS,
    'loanId',
    'update loan set outstanding_principal_minor = 1 where loan_id = $1',
  ],
  ['account-totals', /has 7 fen held, its journal says 0/, BOOKS, 'loanId', 'update loan set held_minor = 7 where loan_id = $1'],
  ['account-totals', /its instalments say 3/, BOOKS, 'loanId', 'update instalment set principal_minor = 3 where loan_id = $1'],
  ['limits-add-up', /has an exposure of 9 fen, its reservations say 30000000/, SPOKE, 'uscc', 'update obligor_exposure set exposure_minor = 9 where uscc = $1'],
  ['limits-add-up', /has 9 fen committed/, SPOKE, 'facilityId', 'update facility set committed_minor = 9 where facility_id = $1'],
];

test.each(DAMAGES)('%s: %s', async (invariant, what, schema, of, sql) => {
  const loan = await soundLoan(installation);
  await installation.sql(schema, sql, [loan[of]]);
  const { exitCode, err, invariants } = await verify();
  expect(exitCode).toBe(1);
  expect(err).toMatch(new RegExp(`^error: \\d+ findings: .*${invariant}`));
  const { findings } = invariants.find(({ name }) => name === invariant)!;
  const own = findings.filter(({ subject, what: said }) => Object.values(loan).some((id) => subject === id || said.includes(id)));
  expect(own.map(({ what: said }) => said)).toEqual(expect.arrayContaining([expect.stringMatching(what)]));
});

test('R-DB-08: money in suspense without a case, and a booked line without its repayment, are found', async () => {
  const [entryId, lineId, tenantId] = [newId(), newId(), `t-${newId()}`];
  await installation.sql(
    BOOKS,
    `with entry as (
      insert into journal_entry (entry_id, tenant_id, loan_id, posted_on, value_on, source_kind, source_id, recorded_at)
      values ($1, $2, null, '2026-03-02', '2026-03-02', 'SUSPENSE', $3, now())
    ) insert into journal_line (entry_id, line_no, account, debit_minor, credit_minor) values ($1, 1, '1002', 5, 0), ($1, 2, '2242', 0, 5)`,
    [entryId, tenantId, lineId],
  );
  await installation.sql(
    BOOKS,
    `insert into bank_line (line_id, tenant_id, bank_reference, amount_minor, currency, value_on, booked_at, outcome, repayment_id, recorded_at)
    values ($1, $2, 'B', 7, 'CNY', '2026-03-02', now(), 'BOOKED', $1, now())`,
    [lineId, tenantId],
  );
  const { invariants } = await verify();
  const found = (name: string, subject: string) => invariants.find((one) => one.name === name)!.findings.find((finding) => finding.subject === subject)?.what;
  expect(found('suspense-adds-up', tenantId)).toBe('has 5 fen in suspense, its open cases say 0');
  expect(found('lines-booked', lineId)).toBe('is a line of 7 fen that is BOOKED, and no repayment rests on it');
});

/** A line of the bank whose repayment was taken out of its loan for a reason, and whose money nobody has put in suspense. */
async function takenBack(reason: string): Promise<string> {
  const [{ loanId, entryId }, lineId] = [await soundLoan(installation), newId()];
  await installation.sql(
    BOOKS,
    `insert into bank_line (line_id, tenant_id, bank_reference, amount_minor, currency, value_on, booked_at, outcome, repayment_id, recorded_at)
    values ($1::uuid, 't1', $1::text, 7, 'CNY', '2026-03-02', now(), 'BOOKED', $1::uuid, now())`,
    [lineId],
  );
  await installation.sql(
    BOOKS,
    `insert into repayment (loan_id, repayment_id, tenant_id, entry_id, amount_minor, currency, bank_reference, received_on, value_on, content_sha256, fees_minor, penalty_minor,
      interest_minor, principal_minor, unallocated_minor, waived_interest_minor, outstanding_principal_minor, settled_loan, recorded_at, recorded_by, line_id, reversed_at)
    values ($1, $2::uuid, 't1', $3, 7, 'CNY', $2::text, '2026-03-02', '2026-03-02', '', 0, 0, 0, 0, 7, 0, 30000000, false, now(), 'bank-statement', $2::uuid, now())`,
    [loanId, lineId, entryId],
  );
  await installation.sql(BOOKS, `insert into repayment_reversal (loan_id, repayment_id, reason, reversed_at, reversed_by) values ($1, $2, $3, now(), 'pan')`, [
    loanId,
    lineId,
    reason,
  ]);
  return lineId;
}

test('R-DB-08: money that was taken out of a wrong loan is in suspense, or is found; what the bank took back is neither', async () => {
  const [wrongly, elsewhere, bounced] = [await takenBack('told_wrongly'), await takenBack('booked_wrongly'), await takenBack('bounced')];
  const { findings } = (await verify()).invariants.find(({ name }) => name === 'lines-booked')!;
  const found = findings.filter(({ subject }) => [wrongly, elsewhere, bounced].includes(subject));
  const what = 'is a line of 7 fen that is BOOKED, and no repayment rests on it';
  expect(found.map(({ subject, what: said }) => [subject, said]).sort()).toEqual([wrongly, elsewhere].sort().map((subject) => [subject, what]));
});

/** A task of two persons at disbursement, on which one has said a word with a comment. */
async function proposedTask(): Promise<string> {
  const { clock, database } = installation;
  const pool = openPool({ connectionString: database.urls.of(SPOKE), max: 1 }, () => undefined);
  const payoutId = newId();
  const question = { subjectId: payoutId, subject: { payoutId }, facts: {} };
  const kind = disbursement.taskKinds!.find((handled) => handled.kind.kind === 'payout-date')!.kind;
  const taskId = await asOperator({ pool, clock, definition: disbursement }, (tx) => openTask(tx, kind, question, clock.now()));
  await pool.end();
  const words = ['--decision', 'paid-on', '--set', 'paidOn=2026-03-02', '--reason', 'BANK_STATEMENT_SEEN', '--comment', 'page 3', '--by', 'olga', '--yes'];
  expect((await installation.lendctl('held', 'decide', taskId, ...words)).err).toBe('');
  return taskId;
}

test.each([
  `update task_vote set comment = 'page 4' where task_id = $1`,
  'update task_vote set comment = null where task_id = $1',
  'update task_step set comment_sha256 = null where task_id = $1',
])('T61: a comment on a task of two persons that is not what its steps have sealed is found: %s', async (damage) => {
  const taskId = await proposedTask();
  const find = async () => (await verify()).invariants.find(({ name }) => name === 'decisions-sealed')!.findings.filter(({ subject }) => subject === taskId);
  expect(await find()).toEqual([]);
  await installation.sql(SPOKE, damage, [taskId]);
  const what = 'is a task on which the comment of olga is not the one that its steps have sealed';
  expect(await find()).toEqual([{ service: 'disbursement', subject: taskId, what }]);
});

test('a loan that was paid twice is found, though only a table without its index can hold it', async () => {
  const { applicationId, payoutId } = await soundLoan(installation);
  await installation.sql(SPOKE, 'drop index if exists payout_one_live');
  const copy = `insert into payout select (jsonb_populate_record(p, jsonb_build_object('payout_id', gen_random_uuid(), 'order_cause', 'again'))).* from payout p where payout_id = $1`;
  await installation.sql(SPOKE, copy, [payoutId]);
  const { invariants } = await verify();
  const { findings } = invariants.find(({ name }) => name === 'one-payment')!;
  expect(findings).toContainEqual({ service: 'loan-application', subject: applicationId, what: expect.stringMatching(/^was paid 2 times: /) });
});

const OUTBOX = `insert into outbox (id, aggregatetype, aggregateid, type, topic, headers, payload, created_at, published_at)
  values ($1, 'application', 'a', 'lending.loan-application.kyc-requested.v1', 'lending.loan-application.v1', '{}', '{}', now() - interval '1 hour', $2)`;
const PARKED = `insert into parked_event (consumer, event_id, key, type, topic, partition, "offset", headers, value, reason, attempts)
  values ('scoring', $1, 'k', 't', 't', 0, 0, '{}', '', 'it throws', 5)`;

test.each([
  ['events-sent', HUB, 'loan-application', OUTBOX, [null], /has not been sent to the log for 3\d\d\d s/],
  ['events-seen', HUB, 'kyc-antifraud', OUTBOX, [new Date(Date.now() - 3_600_000)], /has not reached it .*sent by loan-application/],
  ['nothing-parked', 'scoring', 'scoring', PARKED, [], /is parked as \d+: it throws/],
])('%s: an event that got stuck is found', async (invariant, schema, service, sql, values, what) => {
  const id = '0199d0c0-0000-7000-8000-00000000000' + String(['events-sent', 'events-seen', 'nothing-parked'].indexOf(invariant));
  await installation.sql(schema, sql, [id, ...values]);
  const { invariants } = await verify();
  const { findings } = invariants.find(({ name }) => name === invariant)!;
  expect(findings).toContainEqual({ service, subject: id, what: expect.stringMatching(what) });
});

test('SEC-12: of an event of the restricted topic that got stuck neither type nor application is told', async () => {
  const id = '0199d0c0-0000-7000-8000-00000000000a';
  const topic = TOPICS.kycAntifraudRestricted;
  await installation.sql(
    'kyc_antifraud',
    OUTBOX.replace('lending.loan-application.v1', topic).replace('loan-application.kyc-requested', 'kyc-antifraud.suspicion-raised'),
    [id, null],
  );
  const { findings } = (await verify()).invariants.find(({ name }) => name === 'events-sent')!;
  expect(findings).toContainEqual({
    service: 'kyc-antifraud',
    subject: id,
    what: expect.stringMatching(/^\(of a restricted topic\) has not been sent to the log for \d+ s$/),
  });
});

test('accrual-adds-up: a day whose sums are not what the loans have earned is told by its tenant and account', async () => {
  const { loanId } = await soundLoan(installation);
  await installation.sql(BOOKS, 'update loan set accrues_from = disbursed_on where loan_id = $1', [loanId]);
  await installation.sql(BOOKS, `insert into accrual_state (tenant_id, accrued_from, accrued_through) values ($1, '2026-03-31', '2026-03-31')`, ['t1']);
  const { findings } = (await verify()).invariants.find(({ name }) => name === 'accrual-adds-up')!;
  // 300,000.00 at 6.35% for a month, which is full after 30 days.
  const what = [
    'has 0 fen on 1132 by accrual through 2026-03-31, its loans say 158750',
    'has 0 fen on 6011 by accrual through 2026-03-31, its loans say -158750',
  ];
  expect(findings).toEqual(what.map((said) => ({ service: 'post-loan-monitoring', subject: 't1', what: said })));
});

test('R-TC-10: reserve-adds-up: what is said to be in reserve and was never moved is told by its tenant', async () => {
  await installation.sql(BOOKS, `insert into reserve_balance (tenant_id, currency, balance_minor) values ('t9', 'CNY', 5)`);
  const { findings } = (await verify()).invariants.find(({ name }) => name === 'reserve-adds-up')!;
  expect(findings).toEqual([{ service: 'post-loan-monitoring', subject: 't9', what: 'has 0 fen in reserve on 2801, its movements say 0, its balance 5' }]);
});
